package io.silenda.attest.binding;

import io.silenda.attest.AttestationException;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.cbor.Cbor;
import io.silenda.attest.cbor.CborEncoder;
import io.silenda.attest.cbor.CborValue;
import io.silenda.attest.encoding.Digests;
import io.silenda.attest.hpke.HpkeConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Evidence beside what it claims to be about. Nothing is proven before {@link EvidenceAppraisal}
 * has looked at it.
 *
 * @param binding what the evidence should carry the hash of
 * @param evidence the evidence, with its endorsements
 */
public record BoundEvidence(KeyBinding binding, Evidence evidence) {
  /** The most that an encoding may have: quotes have kilobytes, their collateral tens of them. */
  public static final int MAX_BYTES = 1 << 20;

  private static final String NAME = "bound-evidence";
  private static final int ITEMS = 3;
  private static final int BINDING_ITEMS = 8;
  private static final int MAX_ENDORSEMENTS = 64;

  /** CBOR: the binding, the format and the evidence, and its files as pairs of name and content. */
  public byte[] encode() {
    List<EndorsementFile> files = evidence.endorsements();
    CborEncoder out =
        new CborEncoder()
            .array(ITEMS)
            .bytes(binding.encode())
            .array(2)
            .text(evidence.format())
            .bytes(evidence.bytes())
            .array(files.size());
    files.forEach(file -> out.array(2).text(file.name()).bytes(file.bytes()));
    return out.toBytes();
  }

  /** SHA-256 of the evidence itself, without endorsements: how receipts name it. */
  public byte[] evidenceHash() {
    return Digests.SHA_256.hash(evidence.bytes());
  }

  /** Reads an encoding that fills {@code bytes}. */
  public static BoundEvidence parse(Purpose purpose, byte[] bytes) throws AttestationException {
    if (bytes.length > MAX_BYTES) {
      throw new AttestationException(
          Reason.TOO_LARGE, NAME, bytes.length + " bytes", "at most " + MAX_BYTES);
    }
    List<CborValue> items = array(Cbor.decode(bytes), ITEMS);
    List<CborValue> evidence = array(items.get(1), 2);
    BoundEvidence bound =
        new BoundEvidence(
            binding(purpose, Cbor.asBytes(items.get(0), "binding")),
            new Evidence(
                Cbor.asText(evidence.get(0), "evidence-format"),
                Cbor.asBytes(evidence.get(1), "evidence"),
                endorsements(Cbor.asArray(items.get(2), "endorsements"))));
    Cbor.requireDeterministic(NAME, bytes, bound.encode());
    return bound;
  }

  private static KeyBinding binding(Purpose purpose, byte[] bytes) throws AttestationException {
    List<CborValue> items = array(Cbor.decode(bytes), BINDING_ITEMS);
    String label = Cbor.asText(items.get(0), "label");
    if (!label.equals(purpose.label())) {
      throw new AttestationException(Reason.BAD_FIELD, NAME, "another label", purpose.label());
    }
    try {
      return new KeyBinding(
          purpose,
          Cbor.asBytes(items.get(1), "nonce"),
          new WorkerIdentity(
              Cbor.asBytes(items.get(2), "worker-digest"),
              Cbor.asBytes(items.get(5), "model-digest"),
              Cbor.asBytes(items.get(6), "policy-digest"),
              tlsKey(items.get(7))),
          HpkeConfiguration.parse(Cbor.asBytes(items.get(3), "hpke-configuration")),
          Cbor.asBytes(items.get(4), "receipt-key"));
    } catch (IllegalArgumentException e) {
      throw new AttestationException(
          Reason.BAD_LENGTH, NAME, "a field of another length", "lengths of a binding");
    }
  }

  private static Optional<byte[]> tlsKey(CborValue value) throws AttestationException {
    return value == CborValue.Simple.NULL
        ? Optional.empty()
        : Optional.of(Cbor.asBytes(value, "tls-key"));
  }

  private static List<EndorsementFile> endorsements(List<CborValue> values)
      throws AttestationException {
    if (values.size() > MAX_ENDORSEMENTS) {
      throw new AttestationException(
          Reason.TOO_LARGE, NAME, values.size() + " endorsements", "at most " + MAX_ENDORSEMENTS);
    }
    List<EndorsementFile> files = new ArrayList<>();
    for (CborValue value : values) {
      List<CborValue> pair = array(value, 2);
      files.add(
          new EndorsementFile(
              Cbor.asText(pair.get(0), "endorsement-name"),
              Cbor.asBytes(pair.get(1), "endorsement")));
    }
    return files;
  }

  private static List<CborValue> array(CborValue value, int size) throws AttestationException {
    List<CborValue> items = Cbor.asArray(value, NAME);
    if (items.size() != size) {
      throw new AttestationException(
          Reason.BAD_CBOR, NAME, items.size() + " items", size + " items");
    }
    return items;
  }
}
