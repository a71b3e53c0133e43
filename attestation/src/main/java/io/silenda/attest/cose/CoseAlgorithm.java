package io.silenda.attest.cose;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.pki.EcCurve;

/**
 * Signature algorithms of RFC 9053, section 2.1, each with the curve that evidence formats pair it
 * with. A key on another curve is refused, although RFC 9053 would allow it.
 */
public enum CoseAlgorithm {
  ES256(-7, EcCurve.P256),
  ES384(-35, EcCurve.P384),
  ES512(-36, EcCurve.P521);

  private final long id;
  private final EcCurve curve;

  CoseAlgorithm(long id, EcCurve curve) {
    this.id = id;
    this.curve = curve;
  }

  public EcCurve curve() {
    return curve;
  }

  /** The identifier in COSE headers. */
  public long id() {
    return id;
  }

  static CoseAlgorithm of(long id) throws AttestationException {
    for (CoseAlgorithm algorithm : values()) {
      if (algorithm.id == id) {
        return algorithm;
      }
    }
    throw new AttestationException(
        Reason.UNSUPPORTED_ALGORITHM, "cose-algorithm", Long.toString(id), "-7, -35 or -36");
  }
}
