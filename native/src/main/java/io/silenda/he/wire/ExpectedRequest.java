package io.silenda.he.wire;

import io.silenda.he.KeyId;
import io.silenda.he.wire.WireFormatException.Reason;

/**
 * What a server demands of a request.
 *
 * @param keyId the secret key that the server's evaluation keys belong to
 * @param modelDigest the model that answers
 * @param level level that the model starts at
 * @param scale scale that the model starts at
 * @param maxRows rows that fit one ciphertext
 * @param maxParts ciphertexts that a request may have
 */
public record ExpectedRequest(
    KeyId keyId, Digest modelDigest, int level, double scale, int maxRows, int maxParts) {

  /** Powers of two differ by no more than rounding between machines. */
  private static final double SCALE_TOLERANCE = 0x1p-30;

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if maxRows or maxParts is not positive
   */
  public ExpectedRequest {
    if (maxRows < 1 || maxParts < 1) {
      throw new IllegalArgumentException(
          "maxRows " + maxRows + " or maxParts " + maxParts + " is less than 1");
    }
  }

  void check(WireHeader header) throws WireFormatException {
    if (header.level() != level) {
      throw new WireFormatException(
          Reason.WRONG_LEVEL,
          "it is at level " + header.level() + ", the model starts at " + level);
    }
    if (!(Math.abs(header.scale() - scale) <= scale * SCALE_TOLERANCE)) {
      throw new WireFormatException(
          Reason.WRONG_SCALE, "its scale is " + header.scale() + ", the model starts at " + scale);
    }
    if (header.rows() < 1 || header.rows() > maxRows) {
      throw new WireFormatException(
          Reason.WRONG_ROWS, "it holds " + header.rows() + " rows, not 1.." + maxRows);
    }
    if (header.parts() < 1 || header.parts() > maxParts) {
      throw new WireFormatException(
          Reason.WRONG_PART, "it has " + header.parts() + " parts, not 1.." + maxParts);
    }
  }
}
