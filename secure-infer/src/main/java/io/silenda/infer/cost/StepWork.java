package io.silenda.infer.cost;

import io.silenda.he.Polynomial;
import io.silenda.infer.packing.LinearBlock;
import io.silenda.infer.packing.PackedLinear;
import io.silenda.infer.packing.PackedPolynomial;
import io.silenda.infer.packing.PackedStep;

/** Counts the work of one step of a packed program, as the accelerated evaluator does it. */
final class StepWork {
  private StepWork() {}

  /**
   * The work of a step.
   *
   * @param level level that it begins at
   * @param rescales whether it ends with a rescale
   * @param blocks ciphertexts of its result
   */
  static Work of(PackedStep step, int level, boolean rescales, int blocks) {
    int d = level + 1;
    if (step instanceof PackedLinear linear) {
      return linear(linear, d, rescales);
    } else if (step instanceof PackedPolynomial polynomial && !polynomial.isSquare()) {
      return polynomial(polynomial.polynomial(), d).times(blocks);
    }
    return Work.multiply(d).plus(Work.relinearizeRescale(d)).times(blocks);
  }

  private static Work linear(PackedLinear linear, int d, boolean rescales) {
    boolean fused = linear.isSingleBlock() && rescales;
    Work work = Work.NONE;
    for (LinearBlock block : linear.blocks()) {
      work = work.plus(block(block, d, fused));
    }
    if (rescales && !fused) {
      work = work.plus(Work.rescale(d).times(linear.biases().size()));
    }
    return work.plus(Work.rotation(rescales ? d - 1 : d).times(linear.foldCount()));
  }

  private static Work block(LinearBlock block, int d, boolean fused) {
    int babies = block.babySteps().size();
    int giants = block.giantSteps().size();
    if (babies + giants == 0) {
      Work products = new Work(0, 2.0 * d * block.diagonals().size());
      return fused ? products.plus(Work.rescale(d)) : products;
    }
    Work giant = Work.divide(d).plus(Work.decompose(d)).plus(Work.keyProducts(d));
    Work end = fused ? Work.divideAndRescale(d) : Work.divide(d);
    return Work.decompose(d)
        .plus(Work.keyProducts(d).times(babies))
        .plus(new Work(0, 2.0 * (d + 1) * block.diagonals().size()))
        .plus(giant.times(giants))
        .plus(end.times(2));
  }

  /** Powers up to 2^⌈l/2⌉ and their doublings, then one product for each part of that length. */
  private static Work polynomial(Polynomial polynomial, int d) {
    int depth = polynomial.depth();
    int length = 1 << ((depth + 1) / 2);
    Work work = Work.NONE;
    for (int power = 2; power <= polynomial.degree(); power++) {
      if (power < length || Integer.bitCount(power) == 1) {
        int left = d - (Integer.SIZE - Integer.numberOfLeadingZeros(power - 1)) + 1;
        work = work.plus(Work.multiply(left)).plus(Work.relinearizeRescale(left));
      }
    }
    int parts = polynomial.degree() / length;
    int last = d - depth + 1;
    Work part =
        Work.multiply(last).plus(Work.relinearizeRescale(last)).plus(new Work(0, 2.0 * d * length));
    return work.plus(part.times(Math.max(1, parts)));
  }
}
