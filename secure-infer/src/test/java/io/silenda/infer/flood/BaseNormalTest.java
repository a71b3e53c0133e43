package io.silenda.infer.flood;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class BaseNormalTest {
  private static final int DRAWS = 200_000;

  private static LongSupplier words(long... words) {
    return Arrays.stream(words).iterator()::nextLong;
  }

  /** Chi-square of 321 values with 320 degrees of freedom: beyond 480 once in ten million runs. */
  @Test
  void drawsFollowTheDiscreteNormalDistribution() {
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    int[] counts = new int[321];
    for (int i = 0; i < DRAWS; i++) {
      int drawn = BaseNormal.INSTANCE.next(random::nextLong);
      counts[Math.max(0, Math.min(320, drawn + 160))]++;
    }
    double[] expected = new double[321];
    for (int x = -BaseNormal.LARGEST; x <= BaseNormal.LARGEST; x++) {
      double weight =
          Math.exp(-x * (double) x / (2.0 * BaseNormal.DEVIATION * BaseNormal.DEVIATION));
      expected[Math.max(0, Math.min(320, x + 160))] +=
          DRAWS * weight / (BaseNormal.DEVIATION * Math.sqrt(2 * Math.PI));
    }
    double chiSquare = 0;
    for (int i = 0; i < counts.length; i++) {
      chiSquare += Math.pow(counts[i] - expected[i], 2) / expected[i];
    }
    assertThat(chiSquare).as("seed %d", seed).isLessThan(480);
  }

  @Test
  void wordsFromTheMiddleAndTheEndsGiveTheMiddleAndTheEnds() {
    assertThat(BaseNormal.INSTANCE.next(words(Long.MIN_VALUE))).isZero();
    assertThat(BaseNormal.INSTANCE.next(words(0, 0))).isEqualTo(-BaseNormal.LARGEST);
    assertThat(BaseNormal.INSTANCE.next(words(-1, -1))).isEqualTo(BaseNormal.LARGEST);
  }

  /** Below 2^-63 only the second word tells values apart: 9.1 deviations from the middle. */
  @Test
  void theSecondWordDecidesInTheTails() {
    assertThat(BaseNormal.INSTANCE.next(words(0, -1))).isBetween(-590, -570);
    assertThat(BaseNormal.INSTANCE.next(words(0, 1L << 40))).isBetween(-710, -590);
    assertThat(BaseNormal.INSTANCE.next(words(-1, 0))).isBetween(570, 590);
  }
}
