package io.silenda.infer.schedule;

import io.silenda.he.CkksParameters;
import io.silenda.he.EvaluationKeyPlan;
import io.silenda.infer.packing.LevelPlan;
import io.silenda.infer.packing.LinearBlock;
import io.silenda.infer.packing.PackedLinear;
import io.silenda.infer.packing.PackedPolynomial;
import io.silenda.infer.packing.PackedProgram;
import io.silenda.infer.packing.PackedStep;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A packed program with its encryption parameters, scales and levels.
 *
 * <p>Every step but the last takes its depth in levels; the last ends at level 0 with the scale
 * that it reached, or above it, where errors or flooding take more than one prime: answers drop
 * those before they are sent. Operands that are at a higher level than a step begins at drop primes
 * first. The operands of a linear step may differ in scale: its weights make up for it, so that all
 * products have the scale of the first operand times that of its weights.
 *
 * @param program the packed program
 * @param parameters primes and degree, within the 128-bit table
 * @param inputLog2Scale log2 of the scale of a fresh ciphertext
 * @param stepLog2Scales log2 of the scale of each step's weights for its first operand, or of a
 *     polynomial's result; zero for a square and a product
 * @param predictedMaxError predicted largest error of an answer (four standard deviations),
 *     flooding included
 * @param flood noise that the server adds to an answer, so that the answer's own tells nothing of
 *     the weights
 */
public record ScheduledProgram(
    PackedProgram program,
    CkksParameters parameters,
    double inputLog2Scale,
    List<Double> stepLog2Scales,
    double predictedMaxError,
    Optional<FloodPlan> flood) {

  /** Bits that an answer's coefficients keep, whatever its error. */
  private static final int MIN_ANSWER_BITS = 12;

  /** Copies the list of scales. */
  public ScheduledProgram {
    stepLog2Scales = List.copyOf(stepLog2Scales);
  }

  /** A program without flooding. */
  public ScheduledProgram(
      PackedProgram program,
      CkksParameters parameters,
      double inputLog2Scale,
      List<Double> stepLog2Scales,
      double predictedMaxError) {
    this(program, parameters, inputLog2Scale, stepLog2Scales, predictedMaxError, Optional.empty());
  }

  /** Standard deviation of what flooding adds to each coefficient of the last step's result. */
  public double floodCoefficientDeviation() {
    int degree = parameters.polyModulusDegree();
    return flood
        .map(plan -> plan.slotDeviation(degree))
        .map(slot -> slot * Math.pow(2, resultLog2Scale()) * Math.sqrt(2.0 / degree))
        .orElse(0.0);
  }

  /** Level at which the last step ends, and at which answers are flooded. */
  public int resultLevel() {
    return parameters.maxLevel() - program.levels().depth();
  }

  /** The levels that each step begins at. */
  public int[] levels() {
    LevelPlan plan = program.levels();
    int[] levels = plan.starts();
    for (int i = 0; i < levels.length; i++) {
      levels[i] = parameters.maxLevel() - levels[i];
    }
    return levels;
  }

  /** Level that step {@code index} begins at. */
  public int level(int index) {
    return levels()[index];
  }

  /** Whether step {@code index} ends with a rescale. */
  public boolean rescales(int index) {
    return index < program.steps().size() - 1;
  }

  /** Log2 of the scale of the last step's result. */
  public double resultLog2Scale() {
    double[] scales = tensorLog2Scales();
    return scales[scales.length - 1];
  }

  /** Log2 of the scale of an answer as it is sent, at level 0. */
  public double answerLog2Scale() {
    double scale = resultLog2Scale();
    for (int prime = 1; prime <= resultLevel(); prime++) {
      scale -= parameters.dataPrimeBits().get(prime);
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

  /** Log2 of the scale of every tensor: the input's first, then each step's result. */
  public double[] tensorLog2Scales() {
    int[] levels = levels();
    double[] scales = new double[program.steps().size() + 1];
    scales[0] = inputLog2Scale;
    for (int i = 0; i < levels.length; i++) {
      PackedStep step = program.steps().get(i);
      if (step instanceof PackedPolynomial polynomial && !polynomial.isSquare()) {
        scales[i + 1] = stepLog2Scales.get(i);
      } else {
        double product = productLog2Scale(i, scales);
        scales[i + 1] = rescales(i) ? product - parameters.dataPrimeBits().get(levels[i]) : product;
      }
    }
    return scales;
  }

  /** Log2 of the scale before the rescale of step {@code index}, which is no polynomial. */
  private double productLog2Scale(int index, double[] scales) {
    PackedStep step = program.steps().get(index);
    List<Integer> operands = step.operands();
    return scales[operands.get(0)]
        + (step instanceof PackedLinear
            ? stepLog2Scales.get(index)
            : scales[operands.get(operands.size() - 1)]);
  }

  /** The keys that the server needs, each with the highest level it is used at. */
  public EvaluationKeyPlan keyPlan() {
    TreeMap<Integer, Integer> rotations = new TreeMap<>();
    int relinearization = -1;
    int[] levels = levels();
    for (int i = 0; i < levels.length; i++) {
      if (program.steps().get(i) instanceof PackedLinear linear) {
        addRotations(linear, levels[i], rescales(i) ? levels[i] - 1 : levels[i], rotations);
      } else {
        relinearization = Math.max(relinearization, levels[i]);
      }
    }
    return new EvaluationKeyPlan(relinearization, rotations);
  }

  private static void addRotations(
      PackedLinear linear, int level, int foldLevel, SortedMap<Integer, Integer> rotations) {
    for (LinearBlock block : linear.blocks()) {
      block.babySteps().forEach(step -> rotations.merge(step, level, Math::max));
      block.giantSteps().forEach(step -> rotations.merge(step, level, Math::max));
    }
    for (int[] steps : linear.foldGroups()) {
      Arrays.stream(steps).forEach(step -> rotations.merge(step, foldLevel, Math::max));
    }
  }
}
