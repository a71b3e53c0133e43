package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.silenda.he.HeFixture#implementations")
class RerandomizationTest {
  private static final double SCALE = 0x1p28;

  /** Of the deviation of 2048 or more slots: six of its own deviations, 1.6 % at most. */
  private static final double TOLERANCE = 0.1;

  static final CkksParameters[] PARAMETERS = {
    HeFixture.DEGREE_4096, HeFixture.DEGREE_8192, HeFixture.HYBRID_16384
  };

  @Parameter String implementation = "";

  @ParameterizedTest
  @FieldSource("PARAMETERS")
  void addsTheNoiseOfOneRoundingAndNeverTheSame(CkksParameters parameters) {
    try (HeFixture he = new HeFixture(parameters, implementation);
        PublicKey publicKey = he.keyGenerator.publicKey(he.secretKey)) {
      double[] values = HeFixture.randomValues(new Random(1), he.slots());
      for (int level = 0; level <= he.maxLevel(); level++) {
        try (Ciphertext original = he.encrypt(values, level, SCALE);
            Ciphertext first = he.evaluator.rerandomize(original, publicKey);
            Ciphertext second = he.evaluator.rerandomize(original, publicKey)) {
          assertThat(first.scale()).isEqualTo(SCALE);
          assertThat(first.level()).isEqualTo(level);
          double[] of = he.decrypt(original);
          double expected = roundingDeviation(parameters.polyModulusDegree()) / SCALE;
          assertThat(deviation(he.decrypt(first), of))
              .as("level %d", level)
              .isCloseTo(expected, within(TOLERANCE * expected));
          assertThat(deviation(he.decrypt(first), he.decrypt(second)))
              .as("two at level %d", level)
              .isCloseTo(Math.sqrt(2) * expected, within(2 * TOLERANCE * expected));
        }
      }
    }
  }

  @ParameterizedTest
  @FieldSource("PARAMETERS")
  void refusesAKeyOfAnotherContext(CkksParameters parameters) {
    try (HeFixture he = new HeFixture(parameters, implementation);
        HeFixture other = new HeFixture(parameters, implementation);
        PublicKey publicKey = other.keyGenerator.publicKey(other.secretKey);
        Ciphertext original = he.encrypt(new double[he.slots()], 0, SCALE)) {
      assertThatThrownBy(() -> he.evaluator.rerandomize(original, publicKey))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("publicKey");
    }
  }

  /** Of the real part of a slot: both polynomials are rounded, and one meets a ternary secret. */
  private static double roundingDeviation(int degree) {
    return Math.sqrt(degree / 2.0 * (1 + 2.0 * degree / 3) / 12);
  }

  private static double deviation(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum / a.length);
  }
}
