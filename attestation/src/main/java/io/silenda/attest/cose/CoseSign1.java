package io.silenda.attest.cose;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Reason;
import io.silenda.attest.cbor.Cbor;
import io.silenda.attest.cbor.CborEncoder;
import io.silenda.attest.cbor.CborMap;
import io.silenda.attest.cbor.CborValue;
import io.silenda.attest.pki.EcdsaSignatures;
import io.silenda.attest.pki.PublicKey;
import java.util.List;

/**
 * A COSE_Sign1 message, RFC 9052 section 4.2, with its payload attached. Only what stands in the
 * protected header is believed; the unprotected header is read for its shape alone.
 */
public final class CoseSign1 {
  private static final long TAG = 18;
  private static final CborValue ALGORITHM = CborMap.key(1);
  private static final CborValue CRITICAL = CborMap.key(2);

  private final byte[] protectedHeader;
  private final CoseAlgorithm algorithm;
  private final byte[] payload;
  private final byte[] signature;

  private CoseSign1(
      byte[] protectedHeader, CoseAlgorithm algorithm, byte[] payload, byte[] signature) {
    this.protectedHeader = protectedHeader;
    this.algorithm = algorithm;
    this.payload = payload;
    this.signature = signature;
  }

  /** Whether the message must, or must not, carry the tag 18 of RFC 9052. */
  public enum Tagging {
    TAGGED,
    UNTAGGED
  }

  /** The three parts that a signature is about, or is. */
  record Parts(byte[] protectedHeader, byte[] payload, byte[] signature) {}

  /** Reads a message that fills {@code data}. */
  public static CoseSign1 parse(byte[] data, Tagging tagging) throws AttestationException {
    Parts parts = split(data, tagging);
    return new CoseSign1(
        parts.protectedHeader(),
        CoseAlgorithm.of(algorithmId(parts.protectedHeader())),
        parts.payload(),
        parts.signature());
  }

  static Parts split(byte[] data, Tagging tagging) throws AttestationException {
    CborValue value = Cbor.decode(data);
    if (tagging == Tagging.TAGGED) {
      value = untag(value);
    }
    List<CborValue> parts = Cbor.asArray(value, "cose-sign1");
    if (parts.size() != 4) {
      throw new AttestationException(
          Reason.BAD_CBOR, "cose-sign1", parts.size() + " elements", "4 elements");
    }
    byte[] protectedHeader = Cbor.asBytes(parts.get(0), "cose-protected-header");
    Cbor.asMap(parts.get(1), "cose-unprotected-header");
    return new Parts(
        protectedHeader,
        Cbor.asBytes(parts.get(2), "cose-payload"),
        Cbor.asBytes(parts.get(3), "cose-signature"));
  }

  private static CborValue untag(CborValue value) throws AttestationException {
    if (value instanceof CborValue.Tagged tagged && tagged.tag() == TAG) {
      return tagged.item();
    }
    String seen = value instanceof CborValue.Tagged tagged ? "tag " + tagged.tag() : "no tag";
    throw new AttestationException(Reason.BAD_CBOR, "cose-sign1", seen, "tag " + TAG);
  }

  static long algorithmId(byte[] protectedHeader) throws AttestationException {
    CborMap header = Cbor.asMap(Cbor.decode(protectedHeader), "cose-protected-header");
    if (header.has(CRITICAL)) {
      throw new AttestationException(
          Reason.BAD_CBOR, "cose-critical-headers", "some", "none: none is understood");
    }
    return header.integer(ALGORITHM, "cose-algorithm");
  }

  public CoseAlgorithm algorithm() {
    return algorithm;
  }

  public byte[] payload() {
    return payload.clone();
  }

  /**
   * Refuses a signature that {@code key} did not make.
   *
   * @param check names the check, such as {@code realm-token-signature}
   */
  public void requireSignedBy(PublicKey key, String check, CheckList checks)
      throws AttestationException {
    boolean signed = EcdsaSignatures.verify(check, algorithm.curve(), key, toBeSigned(), signature);
    checks.require(
        signed,
        check,
        Reason.EVIDENCE_SIGNATURE,
        algorithm + (signed ? " verifies" : " does not verify"),
        "a signature by the attested key");
  }

  /** The Sig_structure of RFC 9052, section 4.4, with an empty external_aad. */
  byte[] toBeSigned() {
    return toBeSigned(protectedHeader, payload);
  }

  static byte[] toBeSigned(byte[] protectedHeader, byte[] payload) {
    return new CborEncoder()
        .array(4)
        .text("Signature1")
        .bytes(protectedHeader)
        .bytes(new byte[0])
        .bytes(payload)
        .toBytes();
  }
}
