package io.silenda.he.wire;

import io.silenda.he.KeyId;

/**
 * Who a ciphertext belongs to. A request and its response have equal envelopes.
 *
 * <p>Rows that do not fit one ciphertext are sent as several frames, one after the other: the parts
 * of one request.
 *
 * @param keyId the secret key it is encrypted under
 * @param modelDigest the model it is for
 * @param requestId the request
 * @param rows rows in this part, at least 1
 * @param part which part this is, from 0
 * @param parts how many parts the request has, at least 1
 */
public record Envelope(
    KeyId keyId, Digest modelDigest, RequestId requestId, int rows, int part, int parts) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if rows or parts is not positive or part is not in 0..parts-1
   */
  public Envelope {
    if (rows < 1) {
      throw new IllegalArgumentException("rows is " + rows + ", less than 1");
    }
    if (part < 0 || part >= parts) {
      throw new IllegalArgumentException("part " + part + " is not in 0.." + (parts - 1));
    }
  }

  /** The envelope of a new request that one ciphertext holds. */
  public static Envelope ofSinglePart(KeyId keyId, Digest modelDigest, int rows) {
    return new Envelope(keyId, modelDigest, RequestId.random(), rows, 0, 1);
  }
}
