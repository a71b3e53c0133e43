package io.silenda.attest.provider;

import io.silenda.attest.encoding.Digests;
import java.util.Arrays;
import java.util.HexFormat;

/** What a caller has the evidence carry: a nonce, or a hash that binds keys and a nonce. */
public final class ReportData {
  /** The report data of TDX, SEV-SNP and SGX. */
  public static final int BYTES = 64;

  /** Formats whose field may be too short: qualifying data of a TPM ([TPM2] TPM2B_DATA). */
  private static final String TPM = "tpm2-quote";

  private ReportData() {}

  /**
   * A nonce alone, padded with zeros.
   *
   * @param nonce at most {@link #BYTES} bytes
   */
  public static byte[] ofNonce(byte[] nonce) {
    if (nonce.length > BYTES) {
      throw new IllegalArgumentException(
          "nonce: " + nonce.length + " bytes, must be at most " + BYTES);
    }
    return Arrays.copyOf(nonce, BYTES);
  }

  /**
   * The nonce that evidence in {@code format} has to carry for {@code reportData}, as lower-case
   * hex: what {@code Policy.withNonce} wants.
   */
  public static String nonceIn(String format, byte[] reportData) {
    byte[] checked = requireLength(reportData);
    return HexFormat.of().formatHex(format.equals(TPM) ? shortened(checked) : checked);
  }

  /** What fields hold that are shorter than the report data: its SHA-256. */
  public static byte[] shortened(byte[] reportData) {
    return Digests.SHA_256.hash(requireLength(reportData));
  }

  /** A copy, of the right length. */
  public static byte[] requireLength(byte[] reportData) {
    if (reportData.length != BYTES) {
      throw new IllegalArgumentException(
          "reportData: " + reportData.length + " bytes, must be " + BYTES);
    }
    return reportData.clone();
  }

  /**
   * Whether evidence holds the report data somewhere: a report that another asked for would pass
   * every check but that of the nonce, which is far away.
   */
  public static boolean isIn(byte[] evidence, byte[] reportData) {
    byte[] wanted = requireLength(reportData);
    for (int start = 0; start + BYTES <= evidence.length; start++) {
      if (Arrays.equals(evidence, start, start + BYTES, wanted, 0, BYTES)) {
        return true;
      }
    }
    return false;
  }
}
