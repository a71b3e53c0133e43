package io.silenda.infer;

import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.EvaluationKeys;
import io.silenda.he.Evaluator;
import io.silenda.infer.packing.PackedLinear;
import io.silenda.infer.packing.PackedPolynomial;
import io.silenda.infer.packing.PackedStep;
import io.silenda.infer.schedule.ScheduledProgram;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a scheduled program on ciphertexts, its weights encoded once at the levels they are used at.
 * Thread-safe; the evaluator that a call brings decides on which threads it computes.
 */
final class ProgramEvaluator implements AutoCloseable {
  private final ScheduledProgram program;
  private final CkksContext context;
  private final int[] levels;
  private final int[] lastUses;
  private final Map<Integer, LinearEvaluator> linears = new HashMap<>();
  private final double[] scales;

  ProgramEvaluator(ScheduledProgram program, CkksContext context) {
    this.program = program;
    this.context = context;
    this.levels = program.levels();
    this.lastUses = program.program().lastUses();
    this.scales = new double[levels.length + 1];
    try {
      encodeWeights();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void encodeWeights() {
    scales[0] = Math.pow(2, program.inputLog2Scale());
    double[] planned = program.tensorLog2Scales();
    for (int i = 0; i < levels.length; i++) {
      PackedStep step = program.program().steps().get(i);
      if (step instanceof PackedLinear linear) {
        LinearEvaluator encoded = encode(linear, i, planned[i + 1]);
        linears.put(i, encoded);
        scales[i + 1] = encoded.resultScale();
      } else if (step instanceof PackedPolynomial polynomial && !polynomial.isSquare()) {
        scales[i + 1] = stepScale(i);
      } else {
        List<Integer> operands = step.operands();
        scales[i + 1] =
            scales[operands.get(0)]
                * scales[operands.get(operands.size() - 1)]
                / context.dataPrimes()[levels[i]];
      }
    }
  }

  /**
   * Weights get the scale that brings the result to its planned one exactly, whatever the primes
   * before differ from powers of two: what squares make of such differences does not add up.
   */
  private LinearEvaluator encode(PackedLinear linear, int index, double resultLog2Scale) {
    double[] operandScales =
        linear.operands().stream().mapToDouble(operand -> scales[operand]).toArray();
    double resultScale = Math.pow(2, resultLog2Scale);
    return new LinearEvaluator(
        linear,
        context,
        levels[index],
        program.rescales(index),
        operandScales,
        program.rescales(index) ? resultScale * context.dataPrimes()[levels[index]] : resultScale);
  }

  /** Evaluates the program; the caller closes the result. */
  Ciphertext evaluate(Evaluator evaluator, Ciphertext input, EvaluationKeys keys) {
    return evaluate(evaluator, input, keys, new double[levels.length]);
  }

  /**
   * Evaluates the program.
   *
   * @param millis where to write the milliseconds of each step
   */
  Ciphertext evaluate(Evaluator evaluator, Ciphertext input, EvaluationKeys keys, double[] millis) {
    try (Tensors tensors = new Tensors(evaluator, input, lastUses)) {
      for (int i = 0; i < levels.length; i++) {
        int index = i;
        long start = System.nanoTime();
        tensors.add(
            program.program().steps().get(i).operands(),
            levels[i],
            operands -> step(evaluator, index, operands, keys));
        millis[i] = Stopwatch.millisSince(start);
      }
      return tensors.takeAnswer();
    }
  }

  private List<Ciphertext> step(
      Evaluator evaluator, int index, List<List<Ciphertext>> operands, EvaluationKeys keys) {
    LinearEvaluator linear = linears.get(index);
    if (linear != null) {
      return linear.apply(evaluator, operands, keys);
    }
    PackedStep step = program.program().steps().get(index);
    List<Ciphertext> first = operands.get(0);
    return ParallelBlocks.compute(
        first.size(),
        block ->
            step instanceof PackedPolynomial polynomial
                ? polynomial(evaluator, polynomial, index, first.get(block), keys)
                : product(evaluator, first.get(block), operands.get(1).get(block), keys));
  }

  private Ciphertext polynomial(
      Evaluator evaluator,
      PackedPolynomial step,
      int index,
      Ciphertext operand,
      EvaluationKeys keys) {
    return step.isSquare()
        ? evaluator.squareRelinearizeRescale(operand, keys)
        : evaluator.evaluate(step.polynomial(), operand, keys, stepScale(index));
  }

  private Ciphertext product(
      Evaluator evaluator, Ciphertext left, Ciphertext right, EvaluationKeys keys) {
    try (Ciphertext product = evaluator.multiply(left, right);
        Ciphertext relinearized = evaluator.relinearize(product, keys)) {
      return evaluator.rescale(relinearized);
    }
  }

  int layerCount() {
    return levels.length;
  }

  private double stepScale(int index) {
    return Math.pow(2, program.stepLog2Scales().get(index));
  }

  long weightBytes() {
    return linears.values().stream().mapToLong(LinearEvaluator::weightBytes).sum();
  }

  @Override
  public void close() {
    linears.values().forEach(LinearEvaluator::close);
  }
}
