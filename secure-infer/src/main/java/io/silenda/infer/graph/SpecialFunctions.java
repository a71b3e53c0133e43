package io.silenda.infer.graph;

/** Functions that {@link Math} lacks, accurate to about 1e-14. */
final class SpecialFunctions {
  private static final double SERIES_LIMIT = 2.5;
  private static final double SATURATION = 6;
  private static final int FRACTION_TERMS = 120;

  private SpecialFunctions() {}

  static double sigmoid(double x) {
    if (x >= 0) {
      return 1 / (1 + Math.exp(-x));
    }
    double e = Math.exp(x);
    return e / (1 + e);
  }

  static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /**
   * The error function: its series near 0 (Abramowitz and Stegun 7.1.6, whose terms are all
   * positive) and the continued fraction of erfc (7.1.14) further out.
   */
  static double erf(double x) {
    double magnitude = Math.abs(x);
    if (magnitude > SATURATION) {
      return Math.signum(x);
    }
    double value = magnitude < SERIES_LIMIT ? erfSeries(magnitude) : 1 - erfcFraction(magnitude);
    return Double.isNaN(x) ? x : Math.copySign(value, x);
  }

  private static double erfSeries(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; term > sum * 1e-17; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  private static double erfcFraction(double x) {
    double tail = x;
    for (int n = FRACTION_TERMS; n >= 1; n--) {
      tail = x + 0.5 * n / tail;
    }
    return Math.exp(-x * x) / Math.sqrt(Math.PI) / tail;
  }
}
