package io.silenda.attest.intel.quote;

/**
 * What vouches for the key that signed a quote's QE report.
 *
 * @param type 1 to 3: an identifier of the platform; 4: the PCK certificate; 5: the PCK chain, PEM
 * @param data the data of that type
 */
public record CertificationData(int type, byte[] data) {
  /** The PCK certificate alone, PEM. */
  public static final int PCK_CERTIFICATE = 4;

  /** The PCK certificate and its issuers, PEM. */
  public static final int PCK_CHAIN = 5;

  /** A QE report with certification data of its own. */
  static final int QE_REPORT = 6;
}
