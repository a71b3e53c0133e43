package io.silenda.dp.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;

/**
 * Chi-square against exact probabilities; a chance failure has probability 10^-6, were the seed not
 * fixed. {@code -Dsilenda.dp.draws=10000000} runs the long form.
 */
class DiscreteMechanismStatisticalTest {
  private static final int DRAWS = Integer.getInteger("silenda.dp.draws", 300_000);
  private static final double FALSE_ALARM = 1e-6;
  private static final long SEED = 20;

  @Test
  void discreteNormal() {
    for (double sigma : new double[] {0.5, 1.75, 6}) {
      check(
          DiscreteMechanism.gaussian(sigma, 1),
          (int) (4 * sigma) + 1,
          k -> Math.exp(-0.5 * k * k / (sigma * sigma)));
    }
  }

  @Test
  void discreteLaplace() {
    check(DiscreteMechanism.laplace(5, 2, 1), 20, k -> Math.exp(-Math.abs(k) / 2.5));
    check(DiscreteMechanism.laplace(1, 3, 1), 3, k -> Math.exp(-3.0 * Math.abs(k)));
  }

  private static void check(DiscreteMechanism mechanism, int reach, IntToDoubleFunction weight) {
    long[] counts = new long[2 * reach + 1];
    try (NoiseSource source = NoiseSource.insecureSeeded(SEED)) {
      for (int i = 0; i < DRAWS; i++) {
        int k = (int) mechanism.release(0, source).values()[0];
        counts[Math.max(-reach, Math.min(reach, k)) + reach]++;
      }
    }
    double total = IntStream.rangeClosed(-100 * reach, 100 * reach).mapToDouble(weight).sum();
    double tail = IntStream.rangeClosed(reach, 100 * reach).mapToDouble(weight).sum();
    double statistic = 0;
    for (int k = -reach; k <= reach; k++) {
      double mass = Math.abs(k) == reach ? tail : weight.applyAsDouble(k);
      double expected = DRAWS * mass / total;
      statistic += (counts[k + reach] - expected) * (counts[k + reach] - expected) / expected;
    }
    double limit =
        new ChiSquaredDistribution(null, 2.0 * reach).inverseCumulativeProbability(1 - FALSE_ALARM);
    assertThat(statistic).as("%s, seed %d", mechanism.event(), SEED).isLessThan(limit);
  }
}
