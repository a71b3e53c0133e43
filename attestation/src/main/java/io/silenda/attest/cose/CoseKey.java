package io.silenda.attest.cose;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.cbor.Cbor;
import io.silenda.attest.cbor.CborMap;
import io.silenda.attest.cbor.CborValue;
import io.silenda.attest.pki.EcCurve;
import io.silenda.attest.pki.PublicKey;

/** COSE_Key structures of type EC2 with both coordinates, RFC 9053 section 7.1.1. */
public final class CoseKey {
  private static final CborValue KEY_TYPE = CborMap.key(1);
  private static final CborValue CURVE = CborMap.key(-1);
  private static final CborValue X = CborMap.key(-2);
  private static final CborValue Y = CborMap.key(-3);
  private static final long EC2 = 2;

  private CoseKey() {}

  /** Reads a key that fills {@code data}; {@code owner} names it in refusals. */
  public static PublicKey parse(String owner, byte[] data) throws AttestationException {
    CborMap map = Cbor.asMap(Cbor.decode(data), owner);
    long type = map.integer(KEY_TYPE, owner + " kty");
    if (type != EC2) {
      throw new AttestationException(Reason.BAD_KEY, owner, "COSE key type " + type, "2 (EC2)");
    }
    EcCurve curve = curve(owner, map.integer(CURVE, owner + " crv"));
    byte[] x = map.bytes(X, owner + " x");
    byte[] y = map.bytes(Y, owner + " y");
    return PublicKey.ofRawPoint(owner, curve, concat(x, y));
  }

  /** RFC 9053, table 18. */
  private static EcCurve curve(String owner, long id) throws AttestationException {
    if (id == 1) {
      return EcCurve.P256;
    }
    if (id == 2) {
      return EcCurve.P384;
    }
    if (id == 3) {
      return EcCurve.P521;
    }
    throw new AttestationException(Reason.BAD_KEY, owner, "COSE curve " + id, "1, 2 or 3");
  }

  private static byte[] concat(byte[] x, byte[] y) {
    byte[] xy = new byte[x.length + y.length];
    System.arraycopy(x, 0, xy, 0, x.length);
    System.arraycopy(y, 0, xy, x.length, y.length);
    return xy;
  }
}
