package io.silenda.bench.compare;

import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Whether an operation became slower from one run to the other: Yuen's test of trimmed means
 * (Biometrika 61, 1974) on the logarithms of block ratios, with a random effect of the run. Blocks
 * say how far a run's mean is from what that run would give in the long run; two runs of the same
 * code differ also in what all blocks of a run share, of which blocks say nothing.
 *
 * @param logSlowdown natural logarithm of the estimated slowdown
 * @param standardError of it
 * @param degreesOfFreedom of the standard error, by Welch and Satterthwaite
 */
record SlowdownTest(double logSlowdown, double standardError, double degreesOfFreedom) {

  /**
   * Compares.
   *
   * @param before block by block, how many times as fast as the baseline it was
   * @param after the same, later
   * @param runDeviation standard deviation, in natural logarithms, of what all blocks of a run
   *     share
   * @throws IllegalArgumentException if one of them has fewer than five blocks
   */
  static SlowdownTest of(double[] before, double[] after, double runDeviation) {
    TrimmedMean old = TrimmedMean.of(logarithms(before));
    TrimmedMean now = TrimmedMean.of(logarithms(after));
    double known = 2 * runDeviation * runDeviation;
    double variance = old.squaredError() + now.squaredError() + known;
    double spread =
        Math.pow(old.squaredError(), 2) / old.degreesOfFreedom()
            + Math.pow(now.squaredError(), 2) / now.degreesOfFreedom();
    return new SlowdownTest(
        old.mean() - now.mean(),
        Math.sqrt(variance),
        spread > 0 ? variance * variance / spread : Double.MAX_VALUE);
  }

  private static double[] logarithms(double[] ratios) {
    return Arrays.stream(ratios).map(Math::log).toArray();
  }

  /** The estimate. */
  double slowdown() {
    return Math.exp(logSlowdown);
  }

  /** Probability of such an estimate or a larger one, were the slowdown no more than allowed. */
  double pValue(double allowance) {
    double excess = logSlowdown - Math.log(allowance);
    if (standardError == 0) {
      return excess > 0 ? 0 : 1;
    }
    return student().cumulativeProbability(-excess / standardError);
  }

  /** What the slowdown lies below with that probability. */
  double quantile(double probability) {
    return Math.exp(
        logSlowdown + standardError * student().inverseCumulativeProbability(probability));
  }

  private TDistribution student() {
    return new TDistribution(Math.min(degreesOfFreedom, 1e6));
  }
}
