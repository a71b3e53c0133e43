package io.silenda.infer.graph;

/** Values of polynomials; coefficients come constant first. */
final class PolynomialValues {
  private PolynomialValues() {}

  /** The value at {@code x} of a sum of powers. */
  static double horner(double[] coefficients, double x) {
    double value = 0;
    for (int i = coefficients.length - 1; i >= 0; i--) {
      value = value * x + coefficients[i];
    }
    return value;
  }

  /** The value at {@code t} of a sum of Chebyshev polynomials of the first kind. */
  static double clenshaw(double[] coefficients, double t) {
    double next = 0;
    double afterNext = 0;
    for (int i = coefficients.length - 1; i >= 1; i--) {
      double current = 2 * t * next - afterNext + coefficients[i];
      afterNext = next;
      next = current;
    }
    return t * next - afterNext + coefficients[0];
  }
}
