package io.silenda.infer.schedule;

import io.silenda.he.Polynomial;
import io.silenda.he.Polynomial.Basis;

/**
 * Error of one polynomial's result that its own evaluation makes, for one candidate of primes and
 * scales: key switching and rescaling of every power and of every product, and rounding of the
 * coefficients.
 */
final class PolynomialNoise {
  private final Polynomial polynomial;
  private final PolynomialGains gains;
  private final int[] primes;
  private final int start;
  private final double[] keySwitch;
  private final double rounding;
  private final double[] scales;

  /**
   * @param primes bits of all rescaling primes
   * @param start index of the first prime that this polynomial drops
   * @param keySwitch variance of a key switch before each prime that it drops
   * @param rounding variance of a rescale
   */
  PolynomialNoise(
      Polynomial polynomial,
      PolynomialGains gains,
      int[] primes,
      int start,
      double[] keySwitch,
      double rounding) {
    this.polynomial = polynomial;
    this.gains = gains;
    this.primes = primes;
    this.start = start;
    this.keySwitch = keySwitch;
    this.rounding = rounding;
    this.scales = new double[polynomial.degree() + 1];
  }

  /**
   * Variance of the result's error in one slot.
   *
   * @param scale log2 of the input's scale
   * @param target log2 of the result's scale
   */
  double variance(double scale, double target) {
    fillScales(scale);
    double doubled = polynomial.basis() == Basis.CHEBYSHEV ? 4 : 1;
    double variance = 0;
    for (int i = 0; i < gains.powers().length; i++) {
      int k = gains.powers()[i];
      int level = depth(k) - 1;
      double product = scales[k] + primes[start + level];
      double fresh =
          doubled * keySwitch[level] / NoiseModel.power4(product)
              + rounding / NoiseModel.power4(scales[k]);
      variance += gains.meanSquareGains()[i] * fresh;
    }
    return variance + productVariance(target);
  }

  /** The quotients that powers are multiplied with, the last key switch and the last rescale. */
  private double productVariance(double target) {
    int last = keySwitch.length - 1;
    double product = target + primes[start + last];
    double variance =
        rounding / NoiseModel.power4(target) + keySwitch[last] / NoiseModel.power4(product);
    double coefficients = 0;
    for (int i = 0; i < gains.powers().length; i++) {
      double quotientScale = product - scales[gains.powers()[i]];
      coefficients += square(gains.maxAbs()[i]) / 12 / NoiseModel.power4(quotientScale);
      boolean isGiant = Integer.bitCount(gains.powers()[i]) == 1 && gains.powers()[i] > 2;
      if (isGiant) {
        variance += square(gains.maxAbs()[i]) * rounding / NoiseModel.power4(quotientScale);
      }
    }
    return variance + coefficients;
  }

  /** By how many bits a power outgrows the modulus left at its level. */
  double overflowBits(double scale, double modulus) {
    fillScales(scale);
    double overflow = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < gains.powers().length; i++) {
      int k = gains.powers()[i];
      double left = modulus;
      for (int d = 0; d < depth(k); d++) {
        left -= primes[start + d];
      }
      double magnitude = NoiseModel.log2(Math.max(1, gains.maxAbs()[i])) + 2;
      overflow = Math.max(overflow, scales[k] + magnitude - left);
    }
    return overflow;
  }

  private void fillScales(double scale) {
    scales[1] = scale;
    for (int k : gains.powers()) {
      int high = PolynomialGains.highPart(k);
      scales[k] = scales[high] + scales[k - high] - primes[start + depth(k) - 1];
    }
  }

  private static int depth(int power) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(power - 1);
  }

  private static double square(double x) {
    return x * x;
  }
}
