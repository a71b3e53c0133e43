package io.silenda.dp.accounting;

/**
 * Sensitivity and error of lower triangular Toeplitz encoders for prefix sums, given by their first
 * column. Coefficients must not be negative and must not rise: then steps 0, s, 2s, ... are the
 * worst participation at separation s (Kalinin and Lampert 2024, theorem 2).
 */
public final class MatrixSensitivity {
  private MatrixSensitivity() {}

  /**
   * First {@code count} coefficients of the square root of the prefix-sum matrix: 1, 1/2, 3/8, ...
   */
  public static double[] squareRootCoefficients(int count) {
    Arguments.between("count", count, 1, 1 << 24);
    double[] coefficients = new double[count];
    coefficients[0] = 1;
    for (int k = 1; k < count; k++) {
      coefficients[k] = coefficients[k - 1] * (2.0 * k - 1) / (2.0 * k);
    }
    return coefficients;
  }

  /**
   * Largest 2-norm by which a record of norm one moves the encoded vector of {@code steps} steps.
   *
   * @param separation least distance of two steps in which a record takes part
   * @param participations most steps in which it does
   */
  public static double minSeparation(
      double[] coefficients, int steps, int separation, int participations) {
    Arguments.between("steps", steps, 1, 1 << 24);
    Arguments.between("separation", separation, 1, 1 << 24);
    Arguments.between("participations", participations, 1, 1 << 24);
    requireFalling(coefficients);
    double[] column = new double[steps];
    for (int j = 0; j < participations && (long) j * separation < steps; j++) {
      int start = j * separation;
      for (int k = 0; k < coefficients.length && start + k < steps; k++) {
        column[start + k] += coefficients[k];
      }
    }
    return norm(column);
  }

  /**
   * Expected squared error of the last of {@code steps} prefix sums at unit noise, decoder A C^-1.
   */
  public static double lastPrefixSquaredError(double[] coefficients, int steps) {
    requireFalling(coefficients);
    double[] inverse = inverse(coefficients, steps);
    double sum = 0;
    double squares = 0;
    for (int k = 0; k < steps; k++) {
      sum += inverse[k];
      squares += sum * sum;
    }
    return squares;
  }

  /** First column of the inverse of the Toeplitz matrix. */
  private static double[] inverse(double[] coefficients, int steps) {
    double[] inverse = new double[steps];
    inverse[0] = 1 / coefficients[0];
    for (int n = 1; n < steps; n++) {
      double sum = 0;
      for (int k = 1; k <= n && k < coefficients.length; k++) {
        sum += coefficients[k] * inverse[n - k];
      }
      inverse[n] = -sum / coefficients[0];
    }
    return inverse;
  }

  private static double norm(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  private static void requireFalling(double[] coefficients) {
    for (int k = 0; k < coefficients.length; k++) {
      if (!(coefficients[k] >= 0) || (k > 0 && coefficients[k] > coefficients[k - 1])) {
        throw new IllegalArgumentException(
            "coefficients[" + k + "] " + coefficients[k] + " is negative, or above the one before");
      }
    }
  }
}
