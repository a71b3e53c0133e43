package io.silenda.attest.channel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;

/**
 * What is added to the Encrypted HTTP Body Protocol. Every message names it and both sides insist
 * on exactly this: nobody in between can talk them out of it.
 */
final class Extensions {
  static final int FINAL_FRAME = 1;
  static final int PADDED_SIZES = 2;
  static final int REQUIRED = FINAL_FRAME | PADDED_SIZES;
  static final int VERSION = 1;

  private Extensions() {}

  static void require(String message, long extensions) throws AttestationException {
    if (extensions != REQUIRED) {
      throw new AttestationException(
          Reason.DOWNGRADED,
          message,
          "extensions " + extensions,
          "final frame and padded sizes, " + REQUIRED);
    }
  }
}
