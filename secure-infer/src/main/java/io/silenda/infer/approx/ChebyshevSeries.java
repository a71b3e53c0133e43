package io.silenda.infer.approx;

/** Sums of Chebyshev polynomials of the first kind on [-1, 1]. */
final class ChebyshevSeries {
  private ChebyshevSeries() {}

  /** The series' value at {@code t}, by Clenshaw's recurrence. */
  static double valueAt(double[] coefficients, double t) {
    double next = 0;
    double afterNext = 0;
    for (int i = coefficients.length - 1; i >= 1; i--) {
      double current = 2 * t * next - afterNext + coefficients[i];
      afterNext = next;
      next = current;
    }
    return t * next - afterNext + coefficients[0];
  }

  /** T₀(t) to T_degree(t). */
  static double[] basisAt(int degree, double t) {
    double[] values = new double[degree + 1];
    values[0] = 1;
    if (degree > 0) {
      values[1] = t;
    }
    for (int k = 2; k <= degree; k++) {
      values[k] = 2 * t * values[k - 1] - values[k - 2];
    }
    return values;
  }

  /** Points of [-1, 1], ascending, denser towards the ends. */
  static double[] extrema(int intervals) {
    double[] points = new double[intervals + 1];
    for (int i = 0; i <= intervals; i++) {
      points[i] = -Math.cos(Math.PI * i / intervals);
    }
    return points;
  }
}
