package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretKeyTest {
  @Test
  void wipingLeavesOnlyZeros() {
    try (CkksContext context = CkksContext.create(HeFixture.DEGREE_4096);
        KeyGenerator generator = new KeyGenerator(context);
        SecretKey secretKey = generator.secretKey()) {
      assertThat(secretKey.isWiped()).isFalse();
      secretKey.wipe();
      assertThat(secretKey.isWiped()).isTrue();
    }
  }

  @Test
  void closingTwiceIsFineAndUseAfterwardsIsRefused() {
    try (CkksContext context = CkksContext.create(HeFixture.DEGREE_4096);
        KeyGenerator generator = new KeyGenerator(context)) {
      SecretKey secretKey = generator.secretKey();
      secretKey.close();
      secretKey.close();
      assertThatThrownBy(() -> generator.publicKey(secretKey))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("SecretKey is closed");
    }
  }

  @Test
  void itsTextHoldsNoKey() {
    try (CkksContext context = CkksContext.create(HeFixture.DEGREE_4096);
        KeyGenerator generator = new KeyGenerator(context);
        SecretKey secretKey = generator.secretKey()) {
      assertThat(secretKey.toString()).isEqualTo("SecretKey of " + context);
    }
  }
}
