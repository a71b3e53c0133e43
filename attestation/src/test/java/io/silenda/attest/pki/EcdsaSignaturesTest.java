package io.silenda.attest.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.testing.TestKey;
import java.util.Arrays;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;

class EcdsaSignaturesTest {
  private static final TestKey KEY = new TestKey("key");
  private static final byte[] MESSAGE = {1, 2, 3};

  private static boolean verify(byte[] message, byte[] signature) throws AttestationException {
    PublicKey key = PublicKey.ofRawPoint("key", EcCurve.P256, KEY.rawPoint());
    return EcdsaSignatures.verify("test", EcCurve.P256, key, message, signature);
  }

  @Test
  void everyFlippedBitIsSeen() throws AttestationException {
    byte[] good = KEY.sign(MESSAGE);
    assertThat(verify(MESSAGE, good)).isTrue();
    for (int bit = 0; bit < 8 * good.length; bit++) {
      byte[] flipped = good.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      try {
        assertThat(verify(MESSAGE, flipped)).as("bit %d", bit).isFalse();
      } catch (AttestationException e) {
        assertThat(e.reason()).isEqualTo(Reason.BAD_SIGNATURE_ENCODING);
      }
    }
    assertThat(verify(new byte[] {1, 2, 2}, good)).isFalse();
  }

  @Test
  void rAndSMustBeInRange() {
    byte[] order = BigIntegers.asUnsignedByteArray(32, EcCurve.P256.domain().getN());
    byte[] zeros = new byte[64];
    byte[] zeroS = KEY.sign(MESSAGE);
    Arrays.fill(zeroS, 32, 64, (byte) 0);
    byte[] largeR = KEY.sign(MESSAGE);
    System.arraycopy(order, 0, largeR, 0, 32);
    for (byte[] signature : new byte[][] {zeros, zeroS, largeR, new byte[63], new byte[0]}) {
      assertThatThrownBy(() -> verify(MESSAGE, signature))
          .isInstanceOfSatisfying(
              AttestationException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.BAD_SIGNATURE_ENCODING));
    }
  }

  @Test
  void pointsMustBeOnTheCurve() {
    byte[] off = KEY.rawPoint();
    off[63] ^= 1;
    for (byte[] point : new byte[][] {off, new byte[64], new byte[63]}) {
      assertThatThrownBy(() -> PublicKey.ofRawPoint("key", EcCurve.P256, point))
          .isInstanceOfSatisfying(
              AttestationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_KEY));
    }
  }
}
