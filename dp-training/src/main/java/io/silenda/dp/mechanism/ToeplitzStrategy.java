package io.silenda.dp.mechanism;

import io.silenda.dp.accounting.MatrixSensitivity;
import java.util.Arrays;

/**
 * Strategy matrix C of a matrix mechanism for prefix sums: lower triangular, Toeplitz, banded. Row
 * t of the encoded sums is c_0 x_t + c_1 x_(t-1) + ... over {@link #bands()} steps, c_0 = 1; noise
 * is added there, and what is released is decoded by C^-1 (arXiv 2306.08153).
 *
 * <p>Coefficients are multiples of 2^-16, so that the noise can be correlated without rounding
 * errors; they neither rise nor are negative. Immutable.
 */
public final class ToeplitzStrategy {
  /** Most bands: sums of products of noise stay exact in doubles. */
  public static final int MOST_BANDS = 256;

  static final double RESOLUTION = 0x1p-16;

  private final double[] coefficients;

  private ToeplitzStrategy(double[] exact) {
    coefficients = Arrays.stream(exact).map(c -> Math.rint(c / RESOLUTION) * RESOLUTION).toArray();
  }

  /**
   * A strategy with the given first column, rounded to multiples of 2^-16.
   *
   * @param coefficients 1 to 256 of them; the first is 1, none is negative or above the one before
   */
  public static ToeplitzStrategy of(double... coefficients) {
    requireBands(coefficients.length);
    for (int k = 0; k < coefficients.length; k++) {
      double highest = k == 0 ? 1 : coefficients[k - 1];
      if (!(coefficients[k] >= (k == 0 ? 1 : 0) && coefficients[k] <= highest)) {
        throw new IllegalArgumentException(
            "coefficients[" + k + "] " + coefficients[k] + " is not from 0 to " + highest);
      }
    }
    return new ToeplitzStrategy(coefficients);
  }

  /** The square root of the prefix-sum matrix, cut to its first bands: 1, 1/2, 3/8, ... */
  public static ToeplitzStrategy squareRoot(int bands) {
    requireBands(bands);
    return new ToeplitzStrategy(MatrixSensitivity.squareRootCoefficients(bands));
  }

  /**
   * Coefficients with the least mean squared error of all prefix sums at equal privacy, as far as
   * descent from the square root finds them.
   */
  public static ToeplitzStrategy optimised(int bands, Participation participation) {
    requireBands(bands);
    return new ToeplitzStrategy(ToeplitzOptimizer.coefficients(bands, participation));
  }

  private static void requireBands(int bands) {
    if (bands < 1 || bands > MOST_BANDS) {
      throw new IllegalArgumentException("bands " + bands + " is not from 1 to " + MOST_BANDS);
    }
  }

  /** Number of bands: so many steps share each noise vector. */
  public int bands() {
    return coefficients.length;
  }

  /** First column of C, as far as it is not zero. */
  public double[] coefficients() {
    return coefficients.clone();
  }

  /**
   * Largest Frobenius norm by which one record, of norm one in each step, moves the encoded sums.
   *
   * @throws IllegalArgumentException if there are more bands than steps between participations:
   *     then the columns of one record overlap
   */
  public double sensitivity(Participation participation) {
    if (participation.most() > 1 && bands() > participation.separation()) {
      throw new IllegalArgumentException(
          "bands " + bands() + " is not from 1 to " + participation.separation());
    }
    return MatrixSensitivity.minSeparation(
        coefficients, participation.steps(), participation.separation(), participation.most());
  }

  /**
   * Mean over all prefix sums of their squared error, at a noise deviation of one times the
   * sensitivity: what strategies are compared by.
   */
  public double meanSquaredError(Participation participation) {
    double[] decoder = new double[participation.steps()];
    double error = PrefixSums.meanSquaredError(coefficients, decoder);
    double sensitivity = sensitivity(participation);
    return error * sensitivity * sensitivity;
  }

  /** Sum of magnitudes of the first column of C^-1: the most by which noise can add up. */
  double noiseGrowth(int steps) {
    double[] inverse = new double[steps];
    double sum = 0;
    for (int t = 0; t < steps; t++) {
      double value = t == 0 ? 1 : 0;
      for (int k = 1; k <= t && k < coefficients.length; k++) {
        value -= coefficients[k] * inverse[t - k];
      }
      inverse[t] = value;
      sum += Math.abs(value);
    }
    return sum;
  }
}
