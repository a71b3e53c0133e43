package io.silenda.infer.schedule;

import io.silenda.he.CkksParameters;
import io.silenda.he.EvaluationKeyPlan;
import io.silenda.infer.packing.Diagonal;
import io.silenda.infer.packing.PackedLinear;
import io.silenda.infer.packing.PackedPolynomial;
import io.silenda.infer.packing.PackedProgram;
import io.silenda.infer.packing.PackedStep;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A packed program with its encryption parameters, scales and levels.
 *
 * <p>Every step but the last takes its depth in levels; the last ends at level 0 with the scale
 * that it reached.
 *
 * @param program the packed program
 * @param parameters primes and degree, within the 128-bit table
 * @param inputLog2Scale log2 of the scale of a fresh ciphertext
 * @param stepLog2Scales log2 of the scale of each step's weights, or of a polynomial's result; zero
 *     for a square
 * @param predictedMaxError predicted largest error of an answer (four standard deviations)
 */
public record ScheduledProgram(
    PackedProgram program,
    CkksParameters parameters,
    double inputLog2Scale,
    List<Double> stepLog2Scales,
    double predictedMaxError) {

  /** Bits that an answer's coefficients keep, whatever its error. */
  private static final int MIN_ANSWER_BITS = 12;

  /** Copies the list of scales. */
  public ScheduledProgram {
    stepLog2Scales = List.copyOf(stepLog2Scales);
  }

  /** Level of the ciphertext that step {@code index} takes. */
  public int level(int index) {
    int level = parameters.maxLevel();
    for (PackedStep step : program.steps().subList(0, index)) {
      level -= step.depth();
    }
    return level;
  }

  /** Whether step {@code index} ends with a rescale. */
  public boolean rescales(int index) {
    return index < program.steps().size() - 1;
  }

  /** Log2 of the scale of an answer. */
  public double answerLog2Scale() {
    double scale = inputLog2Scale;
    for (int i = 0; i < program.steps().size(); i++) {
      scale = log2ScaleAfter(i, scale);
    }
    return scale;
  }

  /**
   * Lowest bits of an answer's coefficients that are not worth sending: without them the error
   * grows by a thirtieth.
   */
  public int answerDroppedBits() {
    double deviation = predictedMaxError / SchedulePass.DEVIATIONS;
    double roundingDeviation = parameters.polyModulusDegree() / 6.0;
    double bits = answerLog2Scale() + Math.log(deviation / 4 / roundingDeviation) / Math.log(2);
    int most = parameters.dataPrimeBits().get(0) - MIN_ANSWER_BITS;
    return (int) Math.max(0, Math.min(most, Math.floor(bits)));
  }

  /** Log2 of the scale of a step's result, from that of its operand. */
  public double log2ScaleAfter(int index, double log2Scale) {
    PackedStep step = program.steps().get(index);
    if (step instanceof PackedPolynomial polynomial && !polynomial.isSquare()) {
      return stepLog2Scales.get(index);
    }
    double product =
        step instanceof PackedLinear ? log2Scale + stepLog2Scales.get(index) : 2 * log2Scale;
    return rescales(index) ? product - parameters.dataPrimeBits().get(level(index)) : product;
  }

  /** The keys that the server needs, each with the highest level it is used at. */
  public EvaluationKeyPlan keyPlan() {
    TreeMap<Integer, Integer> rotations = new TreeMap<>();
    int relinearization = -1;
    for (int i = 0; i < program.steps().size(); i++) {
      PackedStep step = program.steps().get(i);
      if (step instanceof PackedLinear linear) {
        addRotations(linear, i, rotations);
      } else {
        relinearization = Math.max(relinearization, level(i));
      }
    }
    return new EvaluationKeyPlan(relinearization, rotations);
  }

  private void addRotations(PackedLinear linear, int index, SortedMap<Integer, Integer> rotations) {
    for (Diagonal diagonal : linear.diagonals()) {
      rotations.merge(diagonal.baby(), level(index), Math::max);
      rotations.merge(diagonal.giant(), level(index), Math::max);
    }
    int foldLevel = rescales(index) ? level(index) - 1 : level(index);
    for (int fold : linear.folds()) {
      rotations.merge(fold, foldLevel, Math::max);
    }
    rotations.remove(0);
  }
}
