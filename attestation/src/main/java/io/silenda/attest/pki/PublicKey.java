package io.silenda.attest.pki;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/**
 * A public key that is well-formed: on its curve and not at infinity, or an RSA modulus. Immutable.
 */
public final class PublicKey {
  private final AsymmetricKeyParameter parameters;

  private PublicKey(AsymmetricKeyParameter parameters) {
    this.parameters = parameters;
  }

  /** Reads a key of a certificate; {@code owner} names it in refusals. */
  public static PublicKey of(String owner, SubjectPublicKeyInfo info) throws AttestationException {
    try {
      return new PublicKey(PublicKeyFactory.createKey(info));
    } catch (IOException | RuntimeException e) {
      throw bad(owner, "no usable public key");
    }
  }

  /** A key that has already been checked. */
  static PublicKey of(AsymmetricKeyParameter parameters) {
    return new PublicKey(parameters);
  }

  /** An uncompressed point without its leading 4: x, then y, both big-endian. */
  public static PublicKey ofRawPoint(String owner, EcCurve curve, byte[] xy)
      throws AttestationException {
    if (xy.length != 2 * curve.fieldBytes()) {
      throw bad(owner, xy.length + " bytes");
    }
    byte[] uncompressed = new byte[xy.length + 1];
    uncompressed[0] = 4;
    System.arraycopy(xy, 0, uncompressed, 1, xy.length);
    try {
      return new PublicKey(curve.publicKey(uncompressed));
    } catch (IllegalArgumentException e) {
      throw bad(owner, "no point of " + curve);
    } finally {
      Arrays.fill(uncompressed, (byte) 0);
    }
  }

  /** The key for Bouncy Castle's lightweight API. */
  public AsymmetricKeyParameter parameters() {
    return parameters;
  }

  private static AttestationException bad(String owner, String seen) {
    return new AttestationException(
        Reason.BAD_KEY, "public-key", owner + ": " + seen, "a well-formed public key");
  }
}
