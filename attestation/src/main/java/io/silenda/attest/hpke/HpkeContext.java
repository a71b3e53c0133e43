package io.silenda.attest.hpke;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKEContext;

/**
 * What sender and receiver share after an encapsulation. Not thread-safe: messages are sealed and
 * opened in one order.
 */
public final class HpkeContext {
  private final byte[] encapsulated;
  private final HPKEContext context;

  HpkeContext(byte[] encapsulated, HPKEContext context) {
    this.encapsulated = encapsulated.clone();
    this.context = context;
  }

  /** The encapsulated key, 32 bytes. */
  public byte[] encapsulated() {
    return encapsulated.clone();
  }

  /** A secret of {@code length} bytes that only both sides can make: RFC 9180, section 5.3. */
  public byte[] export(byte[] label, int length) {
    return context.export(label, length);
  }

  /** Seals a short message; bodies are sealed elsewhere, by a faster AES-GCM. */
  public byte[] seal(byte[] associated, byte[] plaintext) {
    try {
      return context.seal(associated, plaintext);
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException("AES-GCM failed to seal", e);
    }
  }

  /**
   * Opens a short message.
   *
   * @throws AttestationException where it was altered, or sealed under another context
   */
  public byte[] open(byte[] associated, byte[] ciphertext) throws AttestationException {
    try {
      return context.open(associated, ciphertext);
    } catch (InvalidCipherTextException | RuntimeException e) {
      throw new AttestationException(
          Reason.SEAL_BROKEN, "hpke", "a message that does not open", "one sealed to this key");
    }
  }
}
