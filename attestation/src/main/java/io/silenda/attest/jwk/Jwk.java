package io.silenda.attest.jwk;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.JsonObject;
import io.silenda.attest.pki.EcCurve;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Base64;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** JSON Web Keys of the types EC and RSA. */
public final class Jwk {
  private static final int LEAST_RSA_BITS = 2048;
  private static final int MOST_RSA_BITS = 4096;

  private Jwk() {}

  /**
   * The public key of a JWK; {@code owner} names it in refusals. Whether an EC point is on its
   * curve is not checked here.
   */
  public static SubjectPublicKeyInfo publicKey(String owner, JsonObject jwk)
      throws AttestationException {
    String type = jwk.text("kty");
    return switch (type) {
      case "EC" -> ec(owner, jwk);
      case "RSA" -> rsa(owner, jwk);
      default -> throw bad(owner, "kty " + type, "EC or RSA");
    };
  }

  /** RFC 7518, section 6.2.1. */
  private static SubjectPublicKeyInfo ec(String owner, JsonObject jwk) throws AttestationException {
    EcCurve curve = curve(owner, jwk.text("crv"));
    byte[] x = base64Url(owner, jwk.text("x"));
    byte[] y = base64Url(owner, jwk.text("y"));
    int size = curve.fieldBytes();
    if (x.length != size || y.length != size) {
      throw bad(owner, "coordinates of other lengths", "coordinates of " + size + " bytes");
    }
    byte[] point = new byte[1 + 2 * size];
    point[0] = 4;
    System.arraycopy(x, 0, point, 1, size);
    System.arraycopy(y, 0, point, 1 + size, size);
    return new SubjectPublicKeyInfo(
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve.domain().getName()),
        point);
  }

  private static EcCurve curve(String owner, String name) throws AttestationException {
    return switch (name) {
      case "P-256" -> EcCurve.P256;
      case "P-384" -> EcCurve.P384;
      case "P-521" -> EcCurve.P521;
      default -> throw bad(owner, "crv " + name, "P-256, P-384 or P-521");
    };
  }

  /** RFC 7518, section 6.3.1. */
  private static SubjectPublicKeyInfo rsa(String owner, JsonObject jwk)
      throws AttestationException {
    BigInteger modulus = new BigInteger(1, base64Url(owner, jwk.text("n")));
    BigInteger exponent = new BigInteger(1, base64Url(owner, jwk.text("e")));
    int bits = modulus.bitLength();
    if (bits < LEAST_RSA_BITS || bits > MOST_RSA_BITS || !modulus.testBit(0)) {
      throw bad(owner, "an RSA modulus of " + bits + " bits", "an odd one of 2048 to 4096 bits");
    }
    if (exponent.bitLength() > 32 || exponent.bitLength() < 2 || !exponent.testBit(0)) {
      throw bad(owner, "an unusual RSA exponent", "an odd one of 2 to 32 bits");
    }
    try {
      return new SubjectPublicKeyInfo(
          new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
          new RSAPublicKey(modulus, exponent));
    } catch (IOException e) {
      throw bad(owner, "a key that cannot be encoded", "an RSA key");
    }
  }

  private static byte[] base64Url(String owner, String text) throws AttestationException {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw bad(owner, "other characters", "base64url");
    }
  }

  private static AttestationException bad(String owner, String seen, String wanted) {
    return new AttestationException(Reason.BAD_KEY, owner, seen, wanted);
  }
}
