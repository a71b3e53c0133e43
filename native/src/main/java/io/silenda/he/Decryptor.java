package io.silenda.he;

import io.silenda.he.internal.CiphertextNatives;

/**
 * Decrypts and decodes. Thread-safe; it does not own the secret key, and works until the key is
 * closed.
 *
 * <p>CKKS decryptions carry the noise of the secret key: whoever sees them together with the
 * ciphertexts can recover the key (Li and Micciancio, EUROCRYPT 2021). Do not share them without
 * further measures.
 */
public final class Decryptor {
  private final CkksContext context;
  private final SecretKey secretKey;

  /**
   * Creates a decryptor.
   *
   * @throws IllegalArgumentException if the key belongs to another context
   */
  public Decryptor(CkksContext context, SecretKey secretKey) {
    context.requireOwn("secretKey", secretKey.context());
    this.context = context;
    this.secretKey = secretKey;
  }

  /**
   * The real parts of all slots, of a ciphertext of size 2 or 3.
   *
   * @throws IllegalArgumentException if the ciphertext belongs to another context
   */
  public double[] decrypt(Ciphertext ciphertext) {
    context.requireOwn("ciphertext", ciphertext.context());
    return context.use(
        unused ->
            secretKey.use(
                secret -> ciphertext.use(pointer -> CiphertextNatives.decrypt(secret, pointer))));
  }
}
