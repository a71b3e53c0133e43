package io.silenda.infer;

import io.silenda.he.Ciphertext;

/**
 * The encrypted answers to one request. Whoever holds it closes it.
 *
 * @param ciphertext the packed answers
 * @param rows how many rows it answers
 */
public record EncryptedResponse(Ciphertext ciphertext, int rows) implements AutoCloseable {
  /** Bytes that sending it takes, in 64-bit words. */
  public long sizeBytes() {
    return ciphertext.transferBytes();
  }

  @Override
  public void close() {
    ciphertext.close();
  }
}
