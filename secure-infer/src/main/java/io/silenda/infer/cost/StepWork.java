package io.silenda.infer.cost;

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
   * @param degree ring degree
   */
  static Work of(PackedStep step, int level, boolean rescales, int blocks, int degree) {
    int d = level + 1;
    if (step instanceof PackedLinear linear) {
      return new LinearWork(linear, d, degree, rescales).total();
    } else if (step instanceof PackedPolynomial polynomial && !polynomial.isSquare()) {
      return PolynomialWork.of(polynomial.polynomial(), d).times(blocks);
    }
    return Work.multiply(d).plus(Work.relinearizeRescale(d)).times(blocks);
  }
}
