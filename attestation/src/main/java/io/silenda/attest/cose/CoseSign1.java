package io.silenda.attest.cose;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Reason;
import io.silenda.attest.cbor.Cbor;
import io.silenda.attest.cbor.CborMap;
import io.silenda.attest.cbor.CborValue;
import io.silenda.attest.pki.EcdsaSignatures;
import io.silenda.attest.pki.PublicKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
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

  /** Reads a message that fills {@code data}. */
  public static CoseSign1 parse(byte[] data, Tagging tagging) throws AttestationException {
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
    return new CoseSign1(
        protectedHeader,
        algorithm(protectedHeader),
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

  private static CoseAlgorithm algorithm(byte[] protectedHeader) throws AttestationException {
    CborMap header = Cbor.asMap(Cbor.decode(protectedHeader), "cose-protected-header");
    if (header.has(CRITICAL)) {
      throw new AttestationException(
          Reason.BAD_CBOR, "cose-critical-headers", "some", "none: none is understood");
    }
    return CoseAlgorithm.of(header.integer(ALGORITHM, "cose-algorithm"));
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
    ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 64);
    out.write(0x84);
    head(out, 0x60, 10);
    out.writeBytes("Signature1".getBytes(StandardCharsets.US_ASCII));
    head(out, 0x40, protectedHeader.length);
    out.writeBytes(protectedHeader);
    head(out, 0x40, 0);
    head(out, 0x40, payload.length);
    out.writeBytes(payload);
    return out.toByteArray();
  }

  private static void head(ByteArrayOutputStream out, int majorType, int length) {
    if (length < 24) {
      out.write(majorType | length);
      return;
    }
    int bytes = length < 0x100 ? 1 : length < 0x10000 ? 2 : 4;
    out.write(majorType | (bytes == 1 ? 24 : bytes == 2 ? 25 : 26));
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      out.write(length >> shift);
    }
  }
}
