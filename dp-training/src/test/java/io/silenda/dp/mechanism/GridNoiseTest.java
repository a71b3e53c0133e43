package io.silenda.dp.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;

/**
 * Statistical tests at 10^7 draws from a seeded source; each would fail by chance with probability
 * 10^-6, were the seed not fixed.
 */
class GridNoiseTest {
  private static final int DRAWS = 10_000_000;
  private static final double FALSE_ALARM = 1e-6;
  private static final int BATCH = 10_000;
  private static final long SEED = 4711;

  @Test
  void roundedNormalHasItsExactFrequencies() {
    for (double scale : new double[] {0.7, 3.3}) {
      chiSquare(scale, true);
    }
  }

  @Test
  void roundedLaplaceHasItsExactFrequencies() {
    for (double scale : new double[] {0.7, 3.3}) {
      chiSquare(scale, false);
    }
  }

  /** Kolmogorov and Smirnov: sup |F_n - F| stays below sqrt(ln(2 / alpha) / 2n) (Massart). */
  @Test
  void fineNormalFollowsTheContinuousDistribution() {
    double scale = 5000;
    int reach = 40_000;
    long[] counts = counts(scale, reach, true);
    double largest = 0;
    long below = 0;
    for (int k = -reach; k < reach; k++) {
      below += counts[k + reach];
      double exact = 1 - above((k + 0.5) / scale);
      largest = Math.max(largest, Math.abs((double) below / DRAWS - exact));
    }
    assertThat(largest).isLessThan(Math.sqrt(Math.log(2 / FALSE_ALARM) / (2.0 * DRAWS)));
  }

  @Test
  void theTableIsWithinItsBound() {
    Random random = new Random(SEED);
    double worst = 0;
    for (int i = 0; i < 400; i++) {
      int octave = random.nextInt(QuantileTable.OCTAVES);
      int cell = random.nextInt(1 << QuantileTable.CELLS_LOG2);
      double t = random.nextInt(5) * 0.5 - 1;
      double start = Math.scalb(0.5, -octave);
      double v = start + (2 * cell + 1 + t) * start / (2 << QuantileTable.CELLS_LOG2);
      double x = QuantileTable.at(octave, cell, t);
      // One Newton step from the double, in a hundred digits, says how far off it is.
      double missed =
          ExactFunctions.normalTail(new BigDecimal(x)).subtract(new BigDecimal(v)).doubleValue();
      worst = Math.max(worst, Math.abs(missed) * Math.sqrt(Math.PI / 2) * Math.exp(0.5 * x * x));
    }
    assertThat(worst).isLessThan(QuantileTable.ERROR / 10);
  }

  @Test
  void roughTailsAreWithinTheirError() {
    Random random = new Random(SEED);
    for (int i = 0; i < 60; i++) {
      BigDecimal x = BigDecimal.valueOf(ExactFunctions.ROUGH_REACH * random.nextDouble());
      assertThat(ExactFunctions.roughNormalTail(x).subtract(ExactFunctions.normalTail(x)).abs())
          .as("x %s", x)
          .isLessThan(ExactFunctions.ROUGH_ERROR);
    }
  }

  @Test
  void roughComparisonsDecideAsExactOnesOrNotAtAll() {
    try (NoiseSource source = NoiseSource.insecureSeeded(SEED)) {
      LazyUniform half = new LazyUniform(source, 1L << 62, 63);
      BigDecimal bound = new BigDecimal("0.5");
      BigDecimal error = BigDecimal.ONE.movePointLeft(40);
      BigDecimal unit = BigDecimal.ONE.movePointLeft(18);
      assertThat(half.isBelow(bound.add(unit), error)).contains(true);
      assertThat(half.isBelow(bound.subtract(unit), error)).contains(false);
      assertThat(half.isBelow(bound, error)).isEmpty();
      assertThat(half.isBelow(bound.add(unit), unit)).isEmpty();
    }
  }

  @Test
  void longArithmeticAgreesWithKnownTails() {
    MathContext digits = new MathContext(20);
    assertThat(ExactFunctions.normalTail(BigDecimal.ONE).round(digits))
        .isEqualByComparingTo("0.31731050786291410283");
    assertThat(ExactFunctions.normalTail(BigDecimal.valueOf(10)).doubleValue())
        .isCloseTo(1.523970604832105e-23, within(1e-36));
    assertThat(ExactFunctions.expMinus(BigDecimal.ONE).round(digits))
        .isEqualByComparingTo("0.36787944117144232160");
  }

  @Test
  void exactAndFastPathAgreeSampleBySample() {
    // The largest scale makes the margin wide: many samples are decided by long arithmetic.
    try (NoiseSource source = NoiseSource.insecureSeeded(SEED)) {
      GridNoise noise = new GridNoise(source, GridNoise.LARGEST_SCALE);
      double sum = 0;
      int n = 100_000;
      for (int i = 0; i < n; i++) {
        double x = noise.gaussian() / GridNoise.LARGEST_SCALE;
        sum += x * x;
      }
      // The mean of squares has deviation sqrt(2 / n); five of them are a false alarm in two
      // million.
      assertThat(sum / n).isCloseTo(1, within(5 * Math.sqrt(2.0 / n)));
    }
  }

  /** Uniform numbers a last bit from where rounding turns, on either side, by the tail itself. */
  @Test
  void samplesBesideAnEdgeAreDecidedByTheTail() {
    for (double scale : new double[] {0.8, 1000.5, GridNoise.LARGEST_SCALE}) {
      for (double place : new double[] {0.1, 0.5, 1, 2.5, 4.5}) {
        long size = (long) (place * scale);
        BigDecimal edge =
            BigDecimal.valueOf(size + 0.5).divide(new BigDecimal(scale), new MathContext(60));
        BigInteger turn =
            ExactFunctions.normalTail(edge)
                .multiply(new BigDecimal(BigInteger.ONE.shiftLeft(63)))
                .toBigInteger();
        for (int beside = -3; beside <= 3; beside++) {
          // What follows is all zeros: the number is below the turn if its first bits are.
          long bits = turn.longValueExact() + beside;
          assertThat(sample(scale, bits << 1))
              .as("scale %s, size %s, %s beside", scale, size, beside)
              .isEqualTo(beside <= 0 ? size + 1 : size);
        }
      }
    }
  }

  private static long sample(double scale, long word) {
    KeyStream stream =
        new KeyStream() {
          @Override
          public void read(long first, long[] out) {
            Arrays.fill(out, 0);
            out[0] = first == 0 ? word : 0;
          }

          @Override
          public void close() {}
        };
    try (NoiseSource source = new NoiseSource(stream, false)) {
      return new GridNoise(source, scale).gaussian();
    }
  }

  private static void chiSquare(double scale, boolean normal) {
    int reach = (int) Math.ceil((normal ? 4 : 10) * scale);
    long[] counts = counts(scale, reach, normal);
    double statistic = 0;
    for (int k = -reach; k <= reach; k++) {
      double low = k == -reach ? Double.NEGATIVE_INFINITY : (k - 0.5) / scale;
      double high = k == reach ? Double.POSITIVE_INFINITY : (k + 0.5) / scale;
      double expected =
          DRAWS * (normal ? above(low) - above(high) : laplaceAbove(low) - laplaceAbove(high));
      double difference = counts[k + reach] - expected;
      statistic += difference * difference / expected;
    }
    double limit =
        new ChiSquaredDistribution(null, 2.0 * reach).inverseCumulativeProbability(1 - FALSE_ALARM);
    assertThat(statistic).as("scale %s, normal %s, seed %d", scale, normal, SEED).isLessThan(limit);
  }

  private static long[] counts(double scale, int reach, boolean normal) {
    long[] counts = new long[2 * reach + 1];
    try (NoiseSource source = NoiseSource.insecureSeeded(SEED)) {
      GridNoise noise = new GridNoise(source, scale);
      int[] normals = new int[BATCH];
      for (int i = 0; i < DRAWS; i++) {
        if (normal && i % BATCH == 0) {
          noise.gaussians(normals, BATCH);
        }
        long k = normal ? normals[i % BATCH] : noise.laplace();
        counts[(int) Math.max(-reach, Math.min(reach, k)) + reach]++;
      }
    }
    return counts;
  }

  private static double above(double x) {
    return 0.5 * org.apache.commons.math3.special.Erf.erfc(x / Math.sqrt(2));
  }

  private static double laplaceAbove(double x) {
    return x > 0 ? 0.5 * Math.exp(-x) : 1 - 0.5 * Math.exp(x);
  }
}
