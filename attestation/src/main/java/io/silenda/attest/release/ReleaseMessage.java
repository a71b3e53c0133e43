package io.silenda.attest.release;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.binding.BoundEvidence;
import io.silenda.attest.cbor.Cbor;
import io.silenda.attest.cbor.CborEncoder;
import io.silenda.attest.cbor.CborValue;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One of four messages: a CBOR array of a label, the name of the key, and byte strings. The label
 * tells how many of these there are.
 *
 * @param kind which message
 * @param keyName which key it is about
 * @param parts the byte strings
 */
record ReleaseMessage(Kind kind, String keyName, List<byte[]> parts) {
  private static final String NAME = "release-message";
  private static final int MAX_BYTES = BoundEvidence.MAX_BYTES + 1024;
  private static final Pattern KEY_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/+-]{0,127}");

  enum Kind {
    /** The worker asks; no parts. */
    REQUEST("silenda release request v1", 0),
    /** The broker wants evidence; a nonce. */
    CHALLENGE("silenda release challenge v1", 1),
    /** The worker proves itself; bound evidence. */
    ATTESTATION("silenda release attestation v1", 1),
    /** The broker releases; an encapsulated key and a ciphertext. */
    RESPONSE("silenda release response v1", 2);

    private final String label;
    private final int parts;

    Kind(String label, int parts) {
      this.label = label;
      this.parts = parts;
    }
  }

  static String requireKeyName(String name) {
    if (!KEY_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "keyName: " + name + ", must be 1 to 128 letters, digits and ._:/+-");
    }
    return name;
  }

  static byte[] encode(Kind kind, String keyName, byte[]... parts) {
    CborEncoder out = new CborEncoder().array(2 + parts.length).text(kind.label).text(keyName);
    for (byte[] part : parts) {
      out.bytes(part);
    }
    return out.toBytes();
  }

  static ReleaseMessage parse(Kind kind, byte[] bytes) throws AttestationException {
    if (bytes.length > MAX_BYTES) {
      throw new AttestationException(
          Reason.TOO_LARGE, NAME, bytes.length + " bytes", "at most " + MAX_BYTES);
    }
    List<CborValue> items = Cbor.asArray(Cbor.decode(bytes), NAME);
    if (items.size() != 2 + kind.parts || !Cbor.asText(items.get(0), NAME).equals(kind.label)) {
      throw new AttestationException(Reason.BAD_FIELD, NAME, "another message", kind.label);
    }
    String keyName = Cbor.asText(items.get(1), "key-name");
    if (!KEY_NAME.matcher(keyName).matches()) {
      throw new AttestationException(Reason.BAD_FIELD, NAME, "an unusual key name", "a name");
    }
    List<byte[]> parts = new ArrayList<>();
    for (CborValue item : items.subList(2, items.size())) {
      parts.add(Cbor.asBytes(item, NAME));
    }
    Cbor.requireDeterministic(NAME, bytes, encode(kind, keyName, parts.toArray(new byte[0][])));
    return new ReleaseMessage(kind, keyName, parts);
  }

  byte[] part(int index) {
    return parts.get(index);
  }
}
