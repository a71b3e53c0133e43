package io.silenda.attest.psa;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;

/** Shapes that claims of PSA and CCA tokens share. */
public final class ClaimFormats {
  private static final int UEID_SIZE = 33;

  private ClaimFormats() {}

  /** psa-hash-type of RFC 9783, section 4: 32, 48 or 64 bytes. */
  public static byte[] requireHash(byte[] value, String claim) throws AttestationException {
    if (value.length != 32 && value.length != 48 && value.length != 64) {
      throw new AttestationException(
          Reason.BAD_LENGTH, claim, value.length + " bytes", "32, 48 or 64 bytes");
    }
    return value;
  }

  public static byte[] requireSize(byte[] value, int size, String claim)
      throws AttestationException {
    if (value.length != size) {
      throw new AttestationException(
          Reason.BAD_LENGTH, claim, value.length + " bytes", size + " bytes");
    }
    return value;
  }

  /** An instance id: a UEID of type RAND, RFC 9783 section 4.2.1. */
  public static byte[] requireInstanceId(byte[] value) throws AttestationException {
    requireSize(value, UEID_SIZE, "instance-id");
    if (value[0] != 0x01) {
      throw new AttestationException(
          Reason.BAD_FIELD, "instance-id", "UEID type 0x" + Integer.toHexString(value[0]), "0x01");
    }
    return value;
  }

  /** A 16-bit life cycle claim. */
  public static int requireLifecycle(long value) throws AttestationException {
    if (value < 0 || value > 0xffff) {
      throw new AttestationException(
          Reason.BAD_FIELD, "lifecycle", Long.toString(value), "0 to 65535");
    }
    return (int) value;
  }
}
