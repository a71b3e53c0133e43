package io.silenda.dp.mechanism;

/** Decoder B = A C^-1 of prefix sums, A lower triangular of ones, C Toeplitz with c_0 = 1. */
final class PrefixSums {
  private PrefixSums() {}

  /**
   * Mean over the prefix sums of their squared error at unit noise.
   *
   * @param decoder receives the first column of B; its length is the number of steps
   */
  static double meanSquaredError(double[] coefficients, double[] decoder) {
    int steps = decoder.length;
    double sum = 0;
    for (int t = 0; t < steps; t++) {
      double value = 1;
      int most = Math.min(t, coefficients.length - 1);
      for (int k = 1; k <= most; k++) {
        value -= coefficients[k] * decoder[t - k];
      }
      decoder[t] = value;
      sum += (steps - t) * value * value;
    }
    return sum / steps;
  }

  /** Derivatives of that error by the coefficients but the first, for a decoder it has found. */
  static double[] gradient(double[] coefficients, double[] decoder) {
    int steps = decoder.length;
    double[] adjoint = new double[steps];
    double[] gradient = new double[coefficients.length];
    for (int t = steps - 1; t >= 0; t--) {
      double value = 2.0 * (steps - t) * decoder[t] / steps;
      for (int k = 1; k < coefficients.length && t + k < steps; k++) {
        value -= coefficients[k] * adjoint[t + k];
      }
      adjoint[t] = value;
      for (int k = 1; k < coefficients.length && k <= t; k++) {
        gradient[k] -= value * decoder[t - k];
      }
    }
    return gradient;
  }
}
