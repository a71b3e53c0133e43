package io.silenda.infer;

import io.silenda.he.Ciphertext;

/**
 * The encrypted rows of one ciphertext group. Whoever holds it closes it.
 *
 * @param ciphertext the packed rows
 * @param rows how many rows it holds
 */
public record EncryptedRequest(Ciphertext ciphertext, int rows) implements AutoCloseable {
  /** Bytes that sending it takes, in 64-bit words, with the seeded half as a seed. */
  public long sizeBytes() {
    return ciphertext.transferBytes();
  }

  @Override
  public void close() {
    ciphertext.close();
  }
}
