package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that uses keys, with several special primes, against the clear result. */
class HybridKeySwitchingTest {
  private static final double SCALE = 0x1p40;

  @ParameterizedTest
  @MethodSource("io.silenda.he.HeFixture#kernels")
  void rotatesAtEveryLevelOfAKey(String kernels) {
    for (CkksParameters parameters :
        new CkksParameters[] {HeFixture.HYBRID_16384, HeFixture.HYBRID_CHAIN}) {
      try (HeFixture he = new HeFixture(parameters, kernels);
          EvaluationKeys keys = he.keys(-1, Map.of(3, he.maxLevel() - 1))) {
        double[] values = HeFixture.randomValues(new Random(1), he.slots());
        for (int level = 0; level < he.maxLevel(); level++) {
          try (Ciphertext fresh = he.encrypt(values, level, SCALE / 4);
              Ciphertext rotated = he.evaluator.rotate(fresh, 3, keys)) {
            assertThat(HeFixture.maxError(he.decrypt(rotated), rotated(he.decrypt(fresh), 3)))
                .isLessThan(he.keySwitchBound(level, SCALE / 4));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.silenda.he.HeFixture#kernels")
  void relinearizesWithAndWithoutRescaling(String kernels) {
    try (HeFixture he = new HeFixture(HeFixture.HYBRID_16384, kernels);
        EvaluationKeys keys = he.keys(he.maxLevel(), Map.of())) {
      double[] values = HeFixture.randomValues(new Random(2), he.slots());
      for (int level = 2; level <= he.maxLevel(); level++) {
        try (Ciphertext fresh = he.encrypt(values, level, SCALE);
            Ciphertext square = he.evaluator.square(fresh);
            Ciphertext relinearized = he.evaluator.relinearize(square, keys);
            Ciphertext rescaled = he.evaluator.squareRelinearizeRescale(fresh, keys)) {
          double[] expected = he.decrypt(square);
          assertThat(HeFixture.maxError(he.decrypt(relinearized), expected))
              .isLessThan(he.keySwitchBound(level, square.scale()) + 0x1p-45);
          assertThat(HeFixture.maxError(he.decrypt(rescaled), expected)).isLessThan(1e-7);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.silenda.he.HeFixture#kernels")
  void appliesTransformsWithBabyStepsGiantStepsAndFolds(String kernels) {
    try (HeFixture he = new HeFixture(HeFixture.HYBRID_16384, kernels)) {
      for (boolean rescale : new boolean[] {false, true}) {
        applyTransform(he, rescale);
      }
    }
  }

  private static void applyTransform(HeFixture he, boolean rescale) {
    Random random = new Random(3);
    int level = he.maxLevel();
    double[] values = HeFixture.randomValues(random, he.slots());
    double[] expected = new double[values.length];
    LinearTransform.Builder builder =
        LinearTransform.builder(he.context, level, SCALE, 0x1p38).rescale(rescale).fold(9);
    for (int giant : new int[] {0, 16, 32}) {
      for (int baby : new int[] {0, 1, 5}) {
        double[] diagonal = HeFixture.randomValues(random, he.slots());
        builder.diagonal(giant, baby, diagonal);
        Arrays.setAll(
            expected, i -> expected[i] + diagonal[i] * values[(i + giant + baby) % values.length]);
      }
    }
    double[] folded = rotated(expected, 9);
    Arrays.setAll(folded, i -> folded[i] + expected[i]);
    try (LinearTransform transform = builder.build();
        EvaluationKeys keys = he.keys(-1, transform.rotationLevels());
        Ciphertext fresh = he.encrypt(values, level, SCALE);
        Ciphertext result = he.evaluator.apply(transform, fresh, keys)) {
      assertThat(HeFixture.maxError(he.decrypt(result), folded)).isLessThan(1e-6);
    }
  }

  @ParameterizedTest
  @MethodSource("io.silenda.he.HeFixture#kernels")
  void evaluatesPolynomials(String kernels) {
    Polynomial polynomial =
        new Polynomial(
            Polynomial.Basis.CHEBYSHEV, new double[] {0.1, 0.3, -0.2, 0.05, 0, 0.25, -0.4, 0.125});
    try (HeFixture he = new HeFixture(HeFixture.HYBRID_16384, kernels);
        EvaluationKeys keys = he.keys(he.maxLevel(), Map.of())) {
      double[] values = HeFixture.randomValues(new Random(4), he.slots());
      double[] expected = Arrays.stream(values).map(polynomial::valueAt).toArray();
      try (Ciphertext fresh = he.encrypt(values, he.maxLevel(), SCALE);
          Ciphertext result = he.evaluator.evaluate(polynomial, fresh, keys, SCALE)) {
        assertThat(HeFixture.maxError(he.decrypt(result), expected)).isLessThan(1e-6);
      }
    }
  }

  @Test
  void encryptsWithThePublicKeyAtEveryLevel() {
    try (HeFixture he = new HeFixture(HeFixture.HYBRID_CHAIN);
        PublicKey publicKey = he.keyGenerator.publicKey(he.secretKey)) {
      double[] values = HeFixture.randomValues(new Random(5), he.slots());
      Encryptor encryptor = Encryptor.withPublicKey(he.context, publicKey);
      for (int level = 0; level <= he.maxLevel(); level++) {
        try (Plaintext plaintext = he.encoder.encode(values, level, 0x1p38);
            Ciphertext ciphertext = encryptor.encrypt(plaintext)) {
          assertThat(ciphertext.level()).isEqualTo(level);
          assertThat(HeFixture.maxError(he.decrypt(ciphertext), values)).isLessThan(1e-6);
        }
      }
    }
  }

  @Test
  void keysHoldOnlyTheDigitsOfTheirLevel() {
    try (HeFixture he = new HeFixture(HeFixture.HYBRID_CHAIN);
        EvaluationKeys keys = he.keys(2, Map.of(1, 3))) {
      long residues = 2048L / 8;
      long threePrimes = 64 + residues * (50 + 2 * 40 + 3 * 45);
      long fourPrimes = 64 + residues * (50 + 3 * 40 + 3 * 45);
      assertThat(keys.seededSizeBytes()).isEqualTo(threePrimes + 2 * fourPrimes);
      try (Ciphertext high = he.encrypt(new double[] {1}, 4, SCALE)) {
        assertThatThrownBy(() -> he.evaluator.rotate(high, 1, keys))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("limited to level 3");
      }
    }
  }

  @Test
  void sealRefusesWhatNeedsKeys() {
    try (HeFixture he = new HeFixture(HeFixture.HYBRID_CHAIN);
        EvaluationKeys keys = he.keys(2, Map.of(1, 2));
        LinearTransform transform =
            LinearTransform.builder(he.context, 2, SCALE, SCALE)
                .diagonal(0, 1, new double[] {1})
                .build();
        Ciphertext fresh = he.encrypt(new double[] {1}, 2, SCALE);
        Ciphertext square = he.evaluator.square(fresh)) {
      SealEvaluator seal = new SealEvaluator(he.context);
      Polynomial cube = new Polynomial(Polynomial.Basis.MONOMIAL, new double[] {0, 0, 0, 1});
      assertRefused(() -> seal.rotate(fresh, 1, keys));
      assertRefused(() -> seal.relinearize(square, keys));
      assertRefused(() -> seal.squareRelinearizeRescale(fresh, keys));
      assertRefused(() -> seal.apply(transform, fresh, keys));
      assertRefused(() -> seal.evaluate(cube, fresh, keys, SCALE));
      try (Ciphertext rescaled = seal.rescale(square)) {
        assertThat(rescaled.level()).isEqualTo(1);
      }
    }
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "SEAL switches keys with one special prime, these parameters have 3: use the"
                + " accelerated evaluator");
  }

  private static double[] rotated(double[] values, int step) {
    double[] result = new double[values.length];
    Arrays.setAll(result, i -> values[(i + step) % values.length]);
    return result;
  }
}
