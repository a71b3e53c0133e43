package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DecryptorTest {
  @Test
  void decryptsProductsThatAreNotRelinearized() {
    try (HeFixture he = new HeFixture(HeFixture.DEGREE_8192);
        Ciphertext ciphertext = he.encrypt(new double[] {3, -0.5}, 4, 0x1p32);
        Ciphertext square = he.evaluator.square(ciphertext)) {
      assertThat(square.size()).isEqualTo(3);
      assertThat(HeFixture.maxError(he.decrypt(square), new double[] {9, 0.25})).isLessThan(1e-5);
    }
  }

  @Test
  void refusesWhatBelongsToAnotherContext() {
    try (HeFixture he = new HeFixture(HeFixture.DEGREE_4096);
        HeFixture other = new HeFixture(HeFixture.DEGREE_4096);
        Ciphertext ciphertext = other.encrypt(new double[] {1}, 1, 0x1p30)) {
      assertThatThrownBy(() -> he.decrypt(ciphertext))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("ciphertext belongs to context");
      assertThatThrownBy(() -> new Decryptor(he.context, other.secretKey))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("secretKey belongs to context");
    }
  }

  @Test
  void refusesClosedCiphertexts() {
    try (HeFixture he = new HeFixture(HeFixture.DEGREE_4096)) {
      Ciphertext ciphertext = he.encrypt(new double[] {1}, 1, 0x1p30);
      ciphertext.close();
      assertThatThrownBy(() -> he.decrypt(ciphertext))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Ciphertext is closed");
    }
  }
}
