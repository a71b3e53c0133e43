package io.silenda.infer.flood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WideNormalTest {
  private static final int DRAWS = 16_384;

  /** Below 2^50, the last of them for integers up to 2^147. */
  private static final long[] PRIMES = {1125899906842597L, 1125899906842589L, 1125899906842573L};

  /** Tenths of the normal distribution, in deviations. */
  private static final double[] DECILES = {
    -1.2815515655,
    -0.8416212336,
    -0.5244005127,
    -0.2533471031,
    0,
    0.2533471031,
    0.5244005127,
    0.8416212336,
    1.2815515655
  };

  private static BigInteger[] draws(WideNormal normal, long seed) {
    long[][] residues = normal.draw(DRAWS, PRIMES, new SplittableRandom(seed)::nextLong);
    BigInteger modulus = BigInteger.ONE;
    for (long prime : PRIMES) {
      modulus = modulus.multiply(BigInteger.valueOf(prime));
    }
    BigInteger[] values = new BigInteger[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      BigInteger value = BigInteger.ZERO;
      for (int k = 0; k < PRIMES.length; k++) {
        assertThat(residues[k][i]).isBetween(0L, PRIMES[k] - 1);
        BigInteger prime = BigInteger.valueOf(PRIMES[k]);
        BigInteger others = modulus.divide(prime);
        BigInteger part = others.multiply(others.modInverse(prime));
        value = value.add(part.multiply(BigInteger.valueOf(residues[k][i])));
      }
      value = value.mod(modulus);
      values[i] = value.compareTo(modulus.shiftRight(1)) > 0 ? value.subtract(modulus) : value;
    }
    return values;
  }

  /** Ten equal parts: chi-square with 9 degrees of freedom, beyond 46 once in two million runs. */
  @ParameterizedTest
  @ValueSource(doubles = {64, 1000, 0x1p31, 0x1.7p60, 0x1p78})
  void integersAreNormalModuloEveryPrime(double deviation) {
    WideNormal normal = new WideNormal(deviation);
    assertThat(normal.deviation()).isBetween(deviation, deviation * 1.03 + 1);
    int[] counts = new int[10];
    double squares = 0;
    for (BigInteger value : draws(normal, 3)) {
      double scaled = value.doubleValue() / normal.deviation();
      squares += scaled * scaled;
      int part = 0;
      // Half a unit: what is at a border is on neither side of it.
      while (part < 9 && scaled - 1e-9 > DECILES[part]) {
        part++;
      }
      counts[part]++;
    }
    // Deviation of a sum of squares: a 90th of it; six of those.
    assertThat(squares / DRAWS).as("variance, seed 3").isCloseTo(1, within(6.0 / 90));
    if (deviation >= 1000) {
      double chiSquare = 0;
      for (int count : counts) {
        chiSquare += Math.pow(count - DRAWS / 10.0, 2) / (DRAWS / 10.0);
      }
      assertThat(chiSquare).as("seed 3").isLessThan(46);
    }
  }

  /**
   * Noise made of doubles would leave an answer's low bits as they are. Chi-square with 255 degrees
   * of freedom: beyond 380 once in a million runs.
   */
  @Test
  void lowBitsAreAsRandomAsHighOnes() {
    int[] counts = new int[256];
    for (BigInteger value : draws(new WideNormal(0x1p78), 5)) {
      counts[value.mod(BigInteger.valueOf(256)).intValueExact()]++;
    }
    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += Math.pow(count - DRAWS / 256.0, 2) / (DRAWS / 256.0);
    }
    assertThat(chiSquare).as("seed 5").isLessThan(380);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void deviationsThatHideNothingAreRefused(double deviation) {
    assertThatThrownBy(() -> new WideNormal(deviation))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("leastDeviation");
  }
}
