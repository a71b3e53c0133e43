package io.silenda.attest.pki;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;

/**
 * ECDSA signatures as evidence carries them: r, then s, both big-endian and of the field's length.
 */
public final class EcdsaSignatures {
  private EcdsaSignatures() {}

  /**
   * Whether {@code rs} is a signature of the curve's hash of {@code message}.
   *
   * @throws AttestationException where the signature has another length, or r or s is not in [1,
   *     n-1]
   */
  public static boolean verify(
      String signature, EcCurve curve, PublicKey key, byte[] message, byte[] rs)
      throws AttestationException {
    Digest digest = curve.digest();
    digest.update(message, 0, message.length);
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    return verifyHash(signature, curve, key, hash, rs);
  }

  /** As {@link #verify}, of a hash that has been computed already. */
  public static boolean verifyHash(
      String signature, EcCurve curve, PublicKey key, byte[] hash, byte[] rs)
      throws AttestationException {
    int half = curve.fieldBytes();
    if (rs.length != 2 * half) {
      throw bad(signature, rs.length + " bytes", 2 * half + " bytes");
    }
    BigInteger r = new BigInteger(1, Arrays.copyOfRange(rs, 0, half));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(rs, half, 2 * half));
    requireInRange(signature, curve, r);
    requireInRange(signature, curve, s);
    if (!(key.parameters() instanceof ECPublicKeyParameters ec)
        || !ec.getParameters().getCurve().equals(curve.domain().getCurve())) {
      throw new AttestationException(
          Reason.BAD_KEY, signature, "a key of another kind", "a key on " + curve);
    }
    ECDSASigner signer = new ECDSASigner();
    signer.init(false, ec);
    return signer.verifySignature(hash, r, s);
  }

  private static void requireInRange(String signature, EcCurve curve, BigInteger value)
      throws AttestationException {
    if (value.signum() <= 0 || value.compareTo(curve.domain().getN()) >= 0) {
      throw bad(signature, "r or s out of range", "1 to n-1");
    }
  }

  private static AttestationException bad(String signature, String seen, String wanted) {
    return new AttestationException(Reason.BAD_SIGNATURE_ENCODING, signature, seen, wanted);
  }
}
