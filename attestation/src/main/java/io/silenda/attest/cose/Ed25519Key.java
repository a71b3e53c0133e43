package io.silenda.attest.cose;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.cbor.Cbor;
import io.silenda.attest.cbor.CborEncoder;
import io.silenda.attest.cbor.CborMap;
import io.silenda.attest.cbor.CborValue;
import java.util.Map;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;

/**
 * A public Ed25519 key as COSE_Key: RFC 9053, section 7.2. One encoding each, so that two keys are
 * equal where their bytes are. Immutable.
 */
public final class Ed25519Key {
  private static final long TYPE = 1;
  private static final long CURVE = -1;
  private static final long X = -2;
  private static final long OKP = 1;
  private static final long ED25519 = 6;

  private final Ed25519PublicKeyParameters parameters;

  Ed25519Key(Ed25519PublicKeyParameters parameters) {
    this.parameters = parameters;
  }

  /** Reads a key that fills {@code data}. */
  public static Ed25519Key parse(byte[] data) throws AttestationException {
    CborMap map = Cbor.asMap(Cbor.decode(data), "cose-key");
    CborValue type = CborMap.key(TYPE);
    if (map.integer(type, "kty") != OKP
        || map.integer(CborMap.key(CURVE), "crv") != ED25519
        || map.keys().size() != 3) {
      throw bad("another kind of key");
    }
    byte[] x = map.bytes(CborMap.key(X), "x");
    try {
      Ed25519Key key = new Ed25519Key(new Ed25519PublicKeyParameters(x));
      Cbor.requireDeterministic("cose-key", data, key.encode());
      return key;
    } catch (IllegalArgumentException e) {
      throw bad("no point of Ed25519");
    }
  }

  /** The COSE_Key. */
  public byte[] encode() {
    return new CborEncoder()
        .map(
            Map.of(
                TYPE, new CborEncoder().integer(OKP).toBytes(),
                CURVE, new CborEncoder().integer(ED25519).toBytes(),
                X, new CborEncoder().bytes(parameters.getEncoded()).toBytes()))
        .toBytes();
  }

  Ed25519PublicKeyParameters parameters() {
    return parameters;
  }

  private static AttestationException bad(String seen) {
    return new AttestationException(Reason.BAD_KEY, "cose-key", seen, "an Ed25519 key");
  }
}
