package io.silenda.he.wire;

import io.silenda.he.Ciphertext;

/**
 * One part of a request that was read. Whoever holds it closes it.
 *
 * @param envelope whose it is; the response repeats it
 * @param ciphertext the encrypted rows
 */
public record ReceivedRequest(Envelope envelope, Ciphertext ciphertext) implements AutoCloseable {
  @Override
  public void close() {
    ciphertext.close();
  }
}
