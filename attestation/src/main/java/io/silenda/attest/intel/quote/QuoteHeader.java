package io.silenda.attest.intel.quote;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.ByteReader;

/**
 * The first 48 bytes of a quote.
 *
 * @param version of the structure: 3, 4 or 5
 * @param teeType what was quoted
 */
public record QuoteHeader(int version, TeeType teeType) {
  /** Length of the header. */
  static final int BYTES = 48;

  /** ECDSA with SHA-256 on P-256: the only attestation key that Intel's quoting enclaves make. */
  private static final int ECDSA_P256 = 2;

  /** Intel's quoting enclave, as an UUID in the order of the bytes. */
  private static final String INTEL_QE_VENDOR = "939a7233f79c4ca9940a0db3957f0607";

  /** What was quoted (field {@code tee_type}). */
  public enum TeeType {
    /** An SGX enclave. */
    SGX(0x00),
    /** A TDX trust domain. */
    TDX(0x81);

    private final long code;

    TeeType(long code) {
      this.code = code;
    }
  }

  static QuoteHeader read(ByteReader reader) throws AttestationException {
    int version = reader.u16("version");
    if (version < 3 || version > 5) {
      throw refused(Reason.UNSUPPORTED_VERSION, "version " + version, "version 3, 4 or 5");
    }
    int keyType = reader.u16("attestation key type");
    if (keyType != ECDSA_P256) {
      throw refused(Reason.UNSUPPORTED_ALGORITHM, "attestation key type " + keyType, "2 (P-256)");
    }
    TeeType teeType = teeType(reader.u32("TEE type"));
    // Version 3 has the SVNs of QE and PCE here, later versions reserve them; all are signed.
    reader.skip("QE SVN and PCE SVN", 4);
    String vendor = reader.hex("QE vendor", 16);
    if (!vendor.equals(INTEL_QE_VENDOR)) {
      throw refused(Reason.BAD_FIELD, "QE vendor " + vendor, INTEL_QE_VENDOR);
    }
    reader.skip("user data", 20);
    return new QuoteHeader(version, teeType);
  }

  private static TeeType teeType(long code) throws AttestationException {
    for (TeeType type : TeeType.values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw refused(
        Reason.BAD_FIELD, "TEE type 0x" + Long.toHexString(code), "0 (SGX) or 0x81 (TDX)");
  }

  private static AttestationException refused(Reason reason, String seen, String wanted) {
    return new AttestationException(reason, "quote-header", seen, wanted);
  }
}
