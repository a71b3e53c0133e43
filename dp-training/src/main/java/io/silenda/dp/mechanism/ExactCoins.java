package io.silenda.dp.mechanism;

import java.math.BigInteger;

/**
 * Exact samplers over rational numbers (Canonne, Kamath, Steinke 2020, algorithms 1 to 3): no
 * floating point at all.
 */
final class ExactCoins {
  // Multiples of such denominators by such factors stay below 2^63.
  private static final int SHORT_BITS = 42;
  private static final long LARGEST_SHORT_FACTOR = 1 << 20;

  private final NoiseSource source;

  ExactCoins(NoiseSource source) {
    this.source = source;
  }

  /** Uniform on 0, ..., bound - 1, by rejection. */
  long uniform(long bound) {
    long mask = -1L >>> Long.numberOfLeadingZeros(Math.max(1, bound - 1));
    while (true) {
      long candidate = source.nextLong() & mask;
      if (candidate < bound) {
        return candidate;
      }
    }
  }

  private BigInteger uniform(BigInteger bound) {
    if (bound.bitLength() < 63) {
      return BigInteger.valueOf(uniform(bound.longValueExact()));
    }
    while (true) {
      BigInteger candidate = BigInteger.ZERO;
      for (int bits = 0; bits < bound.bitLength(); bits += 64) {
        candidate =
            candidate.shiftLeft(64).add(new BigInteger(Long.toUnsignedString(source.nextLong())));
      }
      candidate =
          candidate.and(BigInteger.ONE.shiftLeft(bound.bitLength()).subtract(BigInteger.ONE));
      if (candidate.compareTo(bound) < 0) {
        return candidate;
      }
    }
  }

  /** True with probability exp(-numerator / denominator). */
  boolean expMinus(BigInteger numerator, BigInteger denominator) {
    BigInteger[] parts = numerator.divideAndRemainder(denominator);
    for (BigInteger i = parts[0]; i.signum() > 0; i = i.subtract(BigInteger.ONE)) {
      if (!expMinusFraction(BigInteger.ONE, BigInteger.ONE)) {
        return false;
      }
    }
    return expMinusFraction(parts[1], denominator);
  }

  /** The same for a fraction of at most one. */
  private boolean expMinusFraction(BigInteger numerator, BigInteger denominator) {
    if (denominator.bitLength() <= SHORT_BITS) {
      return expMinusFraction(numerator.longValue(), denominator.longValue());
    }
    return continued(numerator, denominator, 1);
  }

  /** Once k - 1 coins have come up. */
  private boolean continued(BigInteger numerator, BigInteger denominator, long first) {
    long k = first;
    while (uniform(denominator.multiply(BigInteger.valueOf(k))).compareTo(numerator) < 0) {
      k++;
    }
    return (k & 1) == 1;
  }

  /** The same in longs, as long as multiples of the denominator fit. */
  private boolean expMinusFraction(long numerator, long denominator) {
    long k = 1;
    while (k < LARGEST_SHORT_FACTOR && uniform(denominator * k) < numerator) {
      k++;
    }
    return k < LARGEST_SHORT_FACTOR
        ? (k & 1) == 1
        : continued(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator), k);
  }

  /** Two-sided geometric with P(k) proportional to exp(-|k| / scale) for an integer scale. */
  long discreteLaplace(long scale) {
    return discreteLaplace(scale, 1);
  }

  /** The same with scale t / s. */
  long discreteLaplace(long t, long s) {
    BigInteger denominator = BigInteger.valueOf(t);
    while (true) {
      long u = uniform(t);
      if (!expMinusFraction(BigInteger.valueOf(u), denominator)) {
        continue;
      }
      long v = 0;
      while (expMinusFraction(BigInteger.ONE, BigInteger.ONE)) {
        v++;
      }
      long size = (u + t * v) / s;
      boolean negative = (source.nextLong() & 1) == 1;
      if (!(negative && size == 0)) {
        return negative ? -size : size;
      }
    }
  }

  /** Discrete normal with P(k) proportional to exp(-k^2 / (2 n / d)). */
  long discreteGaussian(BigInteger n, BigInteger d) {
    long t = n.divide(d).sqrt().longValueExact() + 1;
    BigInteger bigT = BigInteger.valueOf(t);
    // Accept with exp(-(|y| - s^2 / t)^2 / (2 s^2)), s^2 = n / d.
    BigInteger denominator = n.multiply(d).multiply(bigT).multiply(bigT).multiply(BigInteger.TWO);
    while (true) {
      long y = discreteLaplace(t);
      BigInteger difference =
          BigInteger.valueOf(Math.abs(y)).multiply(bigT).multiply(d).subtract(n);
      if (expMinus(difference.multiply(difference), denominator)) {
        return y;
      }
    }
  }
}
