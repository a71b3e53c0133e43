package io.silenda.attest.channel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.binding.KeyBinding;
import io.silenda.attest.cbor.Cbor;
import io.silenda.attest.cbor.CborEncoder;
import io.silenda.attest.cbor.CborValue;
import java.util.List;

/** The client's first message: CBOR of a label, a nonce and the extensions. */
record Challenge(byte[] nonce) {
  private static final String NAME = "challenge";
  private static final String LABEL = "silenda challenge v1";
  private static final int ITEMS = 3;
  private static final int MAX_BYTES = 128;

  byte[] encode() {
    return new CborEncoder()
        .array(ITEMS)
        .text(LABEL)
        .bytes(nonce)
        .integer(Extensions.REQUIRED)
        .toBytes();
  }

  static Challenge parse(byte[] bytes) throws AttestationException {
    if (bytes.length > MAX_BYTES) {
      throw new AttestationException(
          Reason.TOO_LARGE, NAME, bytes.length + " bytes", "at most " + MAX_BYTES);
    }
    List<CborValue> items = Cbor.asArray(Cbor.decode(bytes), NAME);
    if (items.size() != ITEMS || !Cbor.asText(items.get(0), NAME).equals(LABEL)) {
      throw new AttestationException(Reason.BAD_FIELD, NAME, "another message", LABEL);
    }
    Extensions.require(NAME, Cbor.asInteger(items.get(2), "extensions"));
    byte[] nonce = Cbor.asBytes(items.get(1), "nonce");
    if (nonce.length != KeyBinding.NONCE_BYTES) {
      throw new AttestationException(
          Reason.BAD_LENGTH, NAME, nonce.length + " bytes", KeyBinding.NONCE_BYTES + " bytes");
    }
    Challenge challenge = new Challenge(nonce);
    Cbor.requireDeterministic(NAME, bytes, challenge.encode());
    return challenge;
  }
}
