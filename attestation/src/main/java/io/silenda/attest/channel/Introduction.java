package io.silenda.attest.channel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.binding.BoundEvidence;
import io.silenda.attest.binding.Purpose;
import io.silenda.attest.cbor.Cbor;
import io.silenda.attest.cbor.CborEncoder;
import io.silenda.attest.cbor.CborValue;
import io.silenda.attest.cose.Ed25519Key;
import io.silenda.attest.cose.Ed25519Sign1;
import java.util.List;

/**
 * The worker's answer to a challenge: evidence over its keys, and a session that those keys sign.
 * The signature keeps a relay from putting other keys or another session beside true evidence, and
 * shows that the worker holds its receipt key.
 *
 * @param bound evidence and what it should be about
 * @param signedGrant COSE_Sign1 over a {@link SessionGrant}
 */
record Introduction(BoundEvidence bound, byte[] signedGrant) {
  private static final String NAME = "introduction";
  private static final String LABEL = "silenda introduction v1";
  private static final int ITEMS = 3;

  /** An array of {@link #ITEMS}. */
  private static final byte FIRST_BYTE = (byte) 0x83;

  private static final int MAX_BYTES = BoundEvidence.MAX_BYTES + 1024;

  byte[] encode() {
    return new CborEncoder()
        .array(ITEMS)
        .text(LABEL)
        .bytes(bound.encode())
        .bytes(signedGrant)
        .toBytes();
  }

  static Introduction parse(byte[] bytes) throws AttestationException {
    if (bytes.length > MAX_BYTES) {
      throw new AttestationException(
          Reason.TOO_LARGE, NAME, bytes.length + " bytes", "at most " + MAX_BYTES);
    }
    if (bytes.length == 0 || bytes[0] != FIRST_BYTE) {
      throw new AttestationException(
          Reason.NOT_SEALED, NAME, "a message in the clear, or another protocol", LABEL);
    }
    List<CborValue> items = Cbor.asArray(Cbor.decode(bytes), NAME);
    if (items.size() != ITEMS || !Cbor.asText(items.get(0), NAME).equals(LABEL)) {
      throw new AttestationException(Reason.BAD_FIELD, NAME, "another message", LABEL);
    }
    Introduction introduction =
        new Introduction(
            BoundEvidence.parse(Purpose.SESSION, Cbor.asBytes(items.get(1), "bound-evidence")),
            Cbor.asBytes(items.get(2), "signed-grant"));
    Cbor.requireDeterministic(NAME, bytes, introduction.encode());
    return introduction;
  }

  /** The grant, whose signature and report data must be of the keys beside it. */
  SessionGrant grant() throws AttestationException {
    Ed25519Key key = Ed25519Key.parse(bound.binding().receiptKey());
    SessionGrant grant =
        SessionGrant.parse(
            Ed25519Sign1.verify(signedGrant, key, "grant-signature", Reason.KEY_NOT_BOUND));
    grant.requireFor(bound.binding().reportData());
    return grant;
  }
}
