package io.silenda.he;

import io.silenda.he.internal.CiphertextNatives;
import java.util.function.LongUnaryOperator;

/**
 * Encrypts plaintexts, with the secret key or with a public key. Thread-safe; it does not own its
 * key, and works until the key is closed.
 */
public final class Encryptor {
  private final CkksContext context;
  private final LongUnaryOperator encryption;

  private Encryptor(CkksContext context, LongUnaryOperator encryption) {
    this.context = context;
    this.encryption = encryption;
  }

  /**
   * Encrypts with the secret key: less noise, and half the bytes to send, as one polynomial expands
   * from a seed.
   *
   * @throws IllegalArgumentException if the key belongs to another context
   */
  public static Encryptor symmetric(CkksContext context, SecretKey secretKey) {
    context.requireOwn("secretKey", secretKey.context());
    return new Encryptor(
        context,
        plaintext -> secretKey.use(key -> CiphertextNatives.encryptSymmetric(key, plaintext)));
  }

  /**
   * Encrypts with a public key.
   *
   * @throws IllegalArgumentException if the key belongs to another context
   */
  public static Encryptor withPublicKey(CkksContext context, PublicKey publicKey) {
    context.requireOwn("publicKey", publicKey.context());
    return new Encryptor(
        context,
        plaintext -> publicKey.use(key -> CiphertextNatives.encryptWithPublicKey(key, plaintext)));
  }

  /**
   * Encrypts at the plaintext's level and scale, with fresh randomness each time. The caller closes
   * the ciphertext.
   *
   * @throws IllegalArgumentException if the plaintext belongs to another context
   */
  public Ciphertext encrypt(Plaintext plaintext) {
    context.requireOwn("plaintext", plaintext.context());
    return context.newCiphertext(() -> plaintext.use(encryption::applyAsLong));
  }
}
