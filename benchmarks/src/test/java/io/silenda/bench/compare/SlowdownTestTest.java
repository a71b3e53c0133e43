package io.silenda.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class SlowdownTestTest {
  private static final double[] EXACT = {2, 2, 2, 2, 2};

  @Test
  void withoutSpreadOnlyTheRunCounts() {
    double[] slower = Arrays.stream(EXACT).map(each -> each / 1.3).toArray();
    SlowdownTest test = SlowdownTest.of(EXACT, slower, 0.1);
    assertThat(test.slowdown()).isCloseTo(1.3, within(1e-12));
    assertThat(test.standardError()).isCloseTo(0.1 * Math.sqrt(2), within(1e-12));
    double z = Math.log(1.3 / 1.1) / (0.1 * Math.sqrt(2));
    assertThat(test.pValue(1.1))
        .isCloseTo(1 - new NormalDistribution().cumulativeProbability(z), within(1e-5));
    assertThat(test.quantile(0.5)).isCloseTo(1.3, within(1e-9));
    assertThat(test.quantile(0.975)).isGreaterThan(1.3);
  }

  @Test
  void withoutAnySpreadItIsCertain() {
    double[] slower = {1, 1, 1, 1, 1};
    assertThat(SlowdownTest.of(EXACT, slower, 0).pValue(1)).isZero();
    assertThat(SlowdownTest.of(slower, EXACT, 0).pValue(1)).isEqualTo(1);
    assertThat(SlowdownTest.of(slower, slower, 0).pValue(1)).isEqualTo(1);
  }

  /**
   * Of 4,000 pairs of the same distribution, 5 % should have a p-value below 0.05; from 140 to 260
   * is within 4.3 standard deviations: this test would fail once in 50,000 seeds.
   */
  @Test
  void pValuesAreUniform() {
    Random random = new Random(11);
    int below = 0;
    for (int pair = 0; pair < 4000; pair++) {
      double shared = 0.05;
      double[] before = blocks(random, Math.exp(shared * random.nextGaussian()));
      double[] after = blocks(random, Math.exp(shared * random.nextGaussian()));
      below += SlowdownTest.of(before, after, shared).pValue(1) < 0.05 ? 1 : 0;
    }
    assertThat(below).as("seed 11").isBetween(140, 260);
  }

  private static double[] blocks(Random random, double ratio) {
    return random.doubles(9).map(each -> ratio * Math.exp(0.3 * (each - 0.5))).toArray();
  }
}
