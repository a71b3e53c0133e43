package io.silenda.dp.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The attack on the addition of Haney, Desfontaines, Hartman, Shrestha and Hay 2022: a double of
 * large exponent has no low bits, so that value + noise shows by its low bits whether the value was
 * large. The attacker guesses between two neighbours 0 and C from the number of low bits alone.
 */
class PrecisionAttackTest {
  private static final int TRIALS = 20_000;
  private static final long SEED = 31337;

  /** Noise is small, the bound of a record large, as with a sum whose noise multiplier is small. */
  private static final double CLIPPING = 1024;

  private static final double MULTIPLIER = 0.05;

  @Test
  void findsThePlantedNaiveAddition() {
    Random random = new Random(SEED);
    assertThat(advantage(sum -> sum + CLIPPING * MULTIPLIER * random.nextGaussian()))
        .isGreaterThan(0.3);
  }

  @Test
  void findsNothingInTheGridMechanism() {
    GaussianMechanism mechanism = GaussianMechanism.of(CLIPPING, MULTIPLIER, 1);
    try (NoiseSource source = NoiseSource.insecureSeeded(SEED)) {
      double advantage =
          advantage(sum -> mechanism.release(new double[] {sum}, source).values()[0]);
      // 2 TRIALS guesses: chance alone stays below this but once in 10^6 (Hoeffding).
      assertThat(Math.abs(advantage)).isLessThan(2 * Math.sqrt(Math.log(2e6) / TRIALS));
    }
  }

  @Test
  void reachableOutputsDoNotDependOnTheExponentOfTheValue() {
    GaussianMechanism mechanism = GaussianMechanism.of(1, 1, 1);
    for (double value : new double[] {0, 1e-300, 1, 0x1p30, -0x1p35}) {
      boolean odd = false;
      boolean even = false;
      try (NoiseSource source = NoiseSource.insecureSeeded(SEED)) {
        for (int i = 0; i < 100; i++) {
          double output = mechanism.release(new double[] {value}, source).values()[0];
          long units = (long) (output / mechanism.grid());
          odd |= (units & 1) == 1;
          even |= (units & 1) == 0;
        }
      }
      assertThat(odd && even).as("value %s", value).isTrue();
    }
  }

  /** How much more often the attacker says "C" when it is C than when it is 0. */
  private static double advantage(DoubleUnaryOperator mechanism) {
    int said = 0;
    int saidWrongly = 0;
    for (int i = 0; i < TRIALS; i++) {
      said += looksLarge(mechanism.applyAsDouble(CLIPPING)) ? 1 : 0;
      saidWrongly += looksLarge(mechanism.applyAsDouble(0)) ? 1 : 0;
    }
    return (said - saidWrongly) / (double) TRIALS;
  }

  /** A sum with 1024 is a multiple of ulp(512); noise alone hardly ever is. */
  private static boolean looksLarge(double output) {
    double units = output / Math.ulp(CLIPPING / 2);
    return units == Math.rint(units);
  }
}
