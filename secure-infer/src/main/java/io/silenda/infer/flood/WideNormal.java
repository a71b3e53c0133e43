package io.silenda.infer.flood;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Discrete normal integers of any deviation, as sums of multiples of small ones: x₀ + c₁x₁ + c₂x₂ +
 * … with each c at most half the deviation of the sum before it. Then the sum is within 2^-90 of
 * normal: the condition of Micciancio and Walter (CRYPTO 2017, theorem on convolutions) for a
 * smoothing parameter of 1.88 deviations. Low digits are as random as high ones, which those of a
 * double would not be. Immutable.
 */
final class WideNormal {
  /** So many products of a prime below 2^50 and a draw below 2^10 stay below 2^63. */
  private static final int UNREDUCED = 4;

  private final BigInteger[] multipliers;
  private final double deviation;

  /**
   * @param leastDeviation deviation that is reached, and exceeded by as little as whole multipliers
   *     allow
   * @throws IllegalArgumentException if it is not a number between 1 and 2^500
   */
  WideNormal(double leastDeviation) {
    if (!(leastDeviation >= 1 && leastDeviation <= 0x1p500)) {
      throw new IllegalArgumentException(
          "leastDeviation " + leastDeviation + " is not between 1 and 2^500");
    }
    List<BigInteger> parts = new ArrayList<>(List.of(BigInteger.ONE));
    double reached = BaseNormal.DEVIATION;
    while (reached < leastDeviation) {
      double missing = Math.sqrt(leastDeviation - reached) * Math.sqrt(leastDeviation + reached);
      double multiplier =
          Math.min(Math.floor(reached / 2), Math.ceil(missing / BaseNormal.DEVIATION));
      parts.add(new BigDecimal(multiplier).toBigIntegerExact());
      reached = Math.hypot(reached, multiplier * BaseNormal.DEVIATION);
    }
    this.multipliers = parts.toArray(BigInteger[]::new);
    this.deviation = reached;
  }

  /** Standard deviation. */
  double deviation() {
    return deviation;
  }

  /**
   * Draws integers, modulo some primes.
   *
   * @param primes each below 2^50
   * @return for each prime the residues, 0 or more, of the same integers
   */
  long[][] draw(int count, long[] primes, LongSupplier random) {
    long[][] multiples = new long[primes.length][multipliers.length];
    for (int prime = 0; prime < primes.length; prime++) {
      for (int part = 0; part < multipliers.length; part++) {
        multiples[prime][part] =
            multipliers[part].mod(BigInteger.valueOf(primes[prime])).longValueExact();
      }
    }
    long[][] residues = new long[primes.length][count];
    for (int i = 0; i < count; i++) {
      for (int part = 0; part < multipliers.length; part++) {
        int drawn = BaseNormal.INSTANCE.next(random);
        boolean reduces = part % UNREDUCED == UNREDUCED - 1 || part == multipliers.length - 1;
        for (int prime = 0; prime < primes.length; prime++) {
          long sum = residues[prime][i] + multiples[prime][part] * drawn;
          residues[prime][i] = reduces ? Math.floorMod(sum, primes[prime]) : sum;
        }
      }
    }
    return residues;
  }
}
