package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptorTest {
  private static final double SCALE = 0x1p32;

  /** Deviation of SEAL's centred binomial error, with the bits that it is made from. */
  private static final double ERROR_DEVIATION = 3.24;

  private static HeFixture he;
  private static PublicKey publicKey;

  @BeforeAll
  static void open() {
    he = new HeFixture(HeFixture.DEGREE_8192);
    publicKey = he.keyGenerator.publicKey(he.secretKey);
  }

  @AfterAll
  static void close() {
    publicKey.close();
    he.close();
  }

  /** Ten deviations of a slot that sums half of 8192 independent coefficient errors, twice. */
  private static double noiseBound(double coefficientDeviation) {
    return 10 * coefficientDeviation * Math.sqrt(8192) / SCALE;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4})
  void symmetricEncryptionRoundTripsWithItsNoise(int level) {
    double[] values = HeFixture.randomValues(new Random(level), he.slots());
    try (Ciphertext ciphertext = he.encrypt(values, level, SCALE)) {
      assertThat(ciphertext.level()).isEqualTo(level);
      assertThat(ciphertext.scale()).isEqualTo(SCALE);
      assertThat(ciphertext.size()).isEqualTo(2);
      assertThat(HeFixture.maxError(he.decrypt(ciphertext), values))
          .isBetween(0.1 * ERROR_DEVIATION * Math.sqrt(8192) / SCALE, noiseBound(ERROR_DEVIATION));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4})
  void publicKeyEncryptionRoundTripsWithItsNoise(int level) {
    double[] values = HeFixture.randomValues(new Random(level), he.slots());
    Encryptor encryptor = Encryptor.withPublicKey(he.context, publicKey);
    try (Plaintext plaintext = he.encoder.encode(values, level, SCALE);
        Ciphertext ciphertext = encryptor.encrypt(plaintext)) {
      assertThat(ciphertext.level()).isEqualTo(level);
      assertThat(ciphertext.scale()).isEqualTo(SCALE);
      // Dividing by the dropped prime leaves its rounding error times the ternary secret.
      double deviation = Math.sqrt((1 + 2 * 8192 / 3.0) / 12) + ERROR_DEVIATION;
      assertThat(HeFixture.maxError(he.decrypt(ciphertext), values))
          .isBetween(ERROR_DEVIATION * Math.sqrt(8192) / SCALE, noiseBound(deviation));
    }
  }

  @Test
  void twoEncryptionsOfOneMessageDiffer() {
    double[] values = {0.5};
    try (Ciphertext first = he.encrypt(values, 1, SCALE);
        Ciphertext second = he.encrypt(values, 1, SCALE)) {
      assertThat(he.decrypt(first)).isNotEqualTo(he.decrypt(second));
      try (Ciphertext difference = he.evaluator.sub(first, second)) {
        assertThat(HeFixture.maxError(he.decrypt(difference), new double[he.slots()]))
            .isBetween(1e-12, 2 * noiseBound(ERROR_DEVIATION));
      }
    }
  }

  @Test
  void onlySymmetricEncryptionsTransferAsASeed() {
    try (Plaintext plaintext = he.encoder.encode(new double[] {1}, 4, SCALE);
        Ciphertext symmetric = he.encryptor.encrypt(plaintext);
        Ciphertext asymmetric = Encryptor.withPublicKey(he.context, publicKey).encrypt(plaintext);
        Ciphertext negated = he.evaluator.negate(symmetric)) {
      long polynomial = 8L * 8192 * 5;
      assertThat(symmetric.nativeBytes()).isEqualTo(2 * polynomial);
      long packed = 1024 * (49 + 34 + 25 + 34 + 24);
      assertThat(symmetric.transferBytes()).isEqualTo(packed + 64);
      assertThat(asymmetric.transferBytes()).isEqualTo(2 * packed);
      assertThat(negated.transferBytes()).isEqualTo(2 * packed);
    }
  }

  @Test
  void anotherKeyDecryptsToNonsense() {
    try (SecretKey other = he.keyGenerator.secretKey();
        Ciphertext ciphertext = he.encrypt(new double[] {1, 2, 3}, 4, SCALE)) {
      double[] nonsense = new Decryptor(he.context, other).decrypt(ciphertext);
      assertThat(HeFixture.maxError(nonsense, new double[he.slots()])).isGreaterThan(1e6);
    }
  }

  @Test
  void refusesKeysAndPlaintextsOfAnotherContext() {
    try (HeFixture other = new HeFixture(HeFixture.DEGREE_8192);
        PublicKey otherPublic = other.keyGenerator.publicKey(other.secretKey);
        Plaintext plaintext = other.encoder.encode(new double[] {1}, 0, SCALE)) {
      assertThatThrownBy(() -> Encryptor.symmetric(he.context, other.secretKey))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("secretKey belongs to context");
      assertThatThrownBy(() -> Encryptor.withPublicKey(he.context, otherPublic))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("publicKey belongs to context");
      assertThatThrownBy(() -> he.encryptor.encrypt(plaintext))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("plaintext belongs to context");
    }
  }

  @Test
  void refusesAClosedKey() {
    SecretKey closed = he.keyGenerator.secretKey();
    Encryptor encryptor = Encryptor.symmetric(he.context, closed);
    closed.close();
    try (Plaintext plaintext = he.encoder.encode(new double[] {1}, 0, SCALE)) {
      assertThatThrownBy(() -> encryptor.encrypt(plaintext))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("SecretKey is closed");
    }
  }
}
