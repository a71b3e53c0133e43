package io.silenda.attest.channel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals or opens the frames of one body in their order, by the platform's AES-GCM. The final frame
 * has associated data of its own, so that no other can be passed off as it. Not thread-safe.
 */
final class FrameCipher implements AutoCloseable {
  static final int TAG_BYTES = 16;

  private static final int TAG_BITS = 8 * TAG_BYTES;
  private static final byte[] FINAL = "final".getBytes(StandardCharsets.US_ASCII);

  private final BodyKeys keys;
  private final SecretKeySpec key;
  private final Cipher cipher;
  private long next;

  FrameCipher(BodyKeys keys) {
    this.keys = keys;
    this.key = new SecretKeySpec(keys.key(), "AES");
    try {
      this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a Java platform without AES-GCM", e);
    }
  }

  /** Seals {@code length} bytes of {@code plaintext} into {@code out}; the length of the result. */
  int seal(byte[] plaintext, int length, boolean last, byte[] out, int offset) {
    try {
      init(Cipher.ENCRYPT_MODE, last);
      return cipher.doFinal(plaintext, 0, length, out, offset);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM failed to seal", e);
    }
  }

  /** Opens {@code length} bytes of {@code sealed} into {@code out}; the length of the result. */
  int open(byte[] sealed, int length, boolean last, byte[] out) throws AttestationException {
    try {
      init(Cipher.DECRYPT_MODE, last);
      return cipher.doFinal(sealed, 0, length, out, 0);
    } catch (AEADBadTagException e) {
      throw new AttestationException(
          Reason.SEAL_BROKEN,
          "frame",
          "frame " + (next - 1) + " does not open",
          "a frame of this body, in its place, unaltered");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM failed to open", e);
    }
  }

  private void init(int mode, boolean last) throws GeneralSecurityException {
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, keys.nonce(next)));
    next++;
    if (last) {
      cipher.updateAAD(FINAL);
    }
  }

  @Override
  public void close() {
    keys.close();
  }
}
