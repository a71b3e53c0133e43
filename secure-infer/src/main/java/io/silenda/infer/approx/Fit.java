package io.silenda.infer.approx;

import io.silenda.infer.graph.Operator.Approximation;

/**
 * One candidate in the place of an activation.
 *
 * @param approximation the polynomial
 * @param method how it was fitted
 * @param maxError largest error on its interval
 * @param rmsError root mean square error over the calibration inputs
 */
record Fit(Approximation approximation, Method method, double maxError, double rmsError) {

  int degree() {
    return approximation.degree();
  }

  /** Levels that its evaluation takes: a quadratic one is a square between two scalings. */
  int depth() {
    return depth(degree());
  }

  static int depth(int degree) {
    if (degree <= 2) {
      return degree - 1;
    }
    return Integer.SIZE - Integer.numberOfLeadingZeros(degree);
  }
}
