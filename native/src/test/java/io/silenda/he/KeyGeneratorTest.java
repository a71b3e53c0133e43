package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KeyGeneratorTest {
  @Test
  void everySecretKeyIsFresh() {
    try (HeFixture he = new HeFixture(HeFixture.DEGREE_4096);
        SecretKey other = he.keyGenerator.secretKey();
        Ciphertext ciphertext = he.encrypt(new double[] {1}, 1, 0x1p30)) {
      assertThat(new Decryptor(he.context, other).decrypt(ciphertext)[0])
          .isNotEqualTo(he.decrypt(ciphertext)[0]);
    }
  }

  @Test
  void refusesASecretKeyOfAnotherContext() {
    EvaluationKeyPlan plan = new EvaluationKeyPlan(0, new TreeMap<>());
    try (HeFixture he = new HeFixture(HeFixture.DEGREE_4096);
        HeFixture other = new HeFixture(HeFixture.DEGREE_4096)) {
      assertThatThrownBy(() -> he.keyGenerator.publicKey(other.secretKey))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("secretKey belongs to context");
      assertThatThrownBy(() -> he.keyGenerator.evaluationKeys(other.secretKey, plan))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("secretKey belongs to context");
    }
  }

  @Test
  void refusesToWorkOnceClosed() {
    try (CkksContext context = CkksContext.create(HeFixture.DEGREE_4096)) {
      KeyGenerator generator = new KeyGenerator(context);
      generator.close();
      generator.close();
      assertThatThrownBy(generator::secretKey)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("KeyGenerator is closed");
    }
  }
}
