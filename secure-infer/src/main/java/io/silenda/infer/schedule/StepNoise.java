package io.silenda.infer.schedule;

import io.silenda.infer.packing.LinearBlock;
import io.silenda.infer.packing.PackedLinear;
import io.silenda.infer.packing.PackedPolynomial;
import io.silenda.infer.packing.PackedStep;
import java.util.TreeSet;

/** What the noise model needs to know of a step, counted once for all choices of scales. */
@SuppressWarnings("ArrayRecordComponent") // Never handed out of the package, never changed.
sealed interface StepNoise {
  /** Tensors that the step takes. */
  int[] operands();

  /** Primes dropped before it. */
  int start();

  /** Primes that it drops. */
  int depth();

  /**
   * A linear step.
   *
   * @param rotationCount most rotations that sum up in one ciphertext of the result
   * @param giants distinct giant steps
   * @param folded how many partial sums the folds add
   * @param inputUses see {@link PackedLinear}
   * @param rotates whether each operand is rotated before it meets weights
   */
  record Linear(
      int[] operands,
      int start,
      int rotationCount,
      int giants,
      double folded,
      double[] inputUses,
      boolean[] rotates)
      implements StepNoise {
    @Override
    public int depth() {
      return 1;
    }
  }

  /** A product of two tensors, or a square. */
  record Product(int[] operands, int start) implements StepNoise {
    @Override
    public int depth() {
      return 1;
    }
  }

  /** A polynomial of several levels. */
  record Polynomial(int[] operands, int start, int depth, io.silenda.he.Polynomial polynomial)
      implements StepNoise {}

  static StepNoise of(PackedStep step, int start) {
    int[] operands = step.operands().stream().mapToInt(Integer::intValue).toArray();
    if (step instanceof PackedLinear linear) {
      return linear(linear, operands, start);
    } else if (step instanceof PackedPolynomial polynomial && !polynomial.isSquare()) {
      return new Polynomial(operands, start, step.depth(), polynomial.polynomial());
    }
    return new Product(operands, start);
  }

  private static Linear linear(PackedLinear linear, int[] operands, int start) {
    int[] rotations = new int[linear.biases().size()];
    boolean[] rotates = new boolean[operands.length];
    TreeSet<Integer> giants = new TreeSet<>();
    int most = 0;
    for (LinearBlock block : linear.blocks()) {
      rotations[block.outBlock()] += block.rotationCount();
      most = Math.max(most, rotations[block.outBlock()]);
      rotates[block.operand()] |= !block.babySteps().isEmpty();
      giants.addAll(block.giantSteps());
    }
    return new Linear(
        operands,
        start,
        most,
        giants.size(),
        1 << linear.folds().length,
        linear.inputUses(),
        rotates);
  }
}
