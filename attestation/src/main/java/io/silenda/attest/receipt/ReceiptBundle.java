package io.silenda.attest.receipt;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.Verdict;
import io.silenda.attest.binding.BoundEvidence;
import io.silenda.attest.binding.EvidenceAppraisal;
import io.silenda.attest.binding.OwnerPolicy;
import io.silenda.attest.binding.Purpose;
import io.silenda.attest.cbor.Cbor;
import io.silenda.attest.cbor.CborEncoder;
import io.silenda.attest.cbor.CborValue;
import io.silenda.attest.cose.Ed25519Key;
import java.time.Instant;
import java.util.List;

/**
 * A receipt with the evidence that vouches for its key: everything that its verification needs, in
 * one file, but for the owner's policy.
 *
 * @param signedReceipt COSE_Sign1
 * @param bound the evidence
 */
public record ReceiptBundle(byte[] signedReceipt, BoundEvidence bound) {
  private static final String NAME = "receipt-bundle";
  private static final String LABEL = "silenda receipt bundle v1";
  private static final int ITEMS = 3;
  private static final int MAX_BYTES = BoundEvidence.MAX_BYTES + (16 << 10);

  /** Copies the receipt. */
  public ReceiptBundle {
    signedReceipt = signedReceipt.clone();
  }

  @Override
  public byte[] signedReceipt() {
    return signedReceipt.clone();
  }

  /**
   * A receipt that was verified, and the verdict on the evidence behind it.
   *
   * @param receipt what it says
   * @param verdict of acceptance
   */
  public record Verified(Receipt receipt, Verdict verdict) {}

  /** CBOR of a label, the receipt and the evidence. */
  public byte[] encode() {
    return new CborEncoder()
        .array(ITEMS)
        .text(LABEL)
        .bytes(signedReceipt)
        .bytes(bound.encode())
        .toBytes();
  }

  /** Reads a bundle that fills {@code bytes}. */
  public static ReceiptBundle parse(byte[] bytes) throws AttestationException {
    if (bytes.length > MAX_BYTES) {
      throw new AttestationException(
          Reason.TOO_LARGE, NAME, bytes.length + " bytes", "at most " + MAX_BYTES);
    }
    List<CborValue> items = Cbor.asArray(Cbor.decode(bytes), NAME);
    if (items.size() != ITEMS || !Cbor.asText(items.get(0), NAME).equals(LABEL)) {
      throw new AttestationException(Reason.BAD_FIELD, NAME, "something else", LABEL);
    }
    ReceiptBundle bundle =
        new ReceiptBundle(
            Cbor.asBytes(items.get(1), "signed-receipt"),
            BoundEvidence.parse(Purpose.SESSION, Cbor.asBytes(items.get(2), "bound-evidence")));
    Cbor.requireDeterministic(NAME, bytes, bundle.encode());
    return bundle;
  }

  /**
   * Verifies offline: the evidence by the owner's policy, the receipt by the key that the evidence
   * vouches for, and that both speak of the same worker and session. Whether the session's nonce
   * was fresh only its client knows.
   *
   * @param time of the verification, for the age and the validity of evidence
   * @throws AttestationException with the reason of the first refusal
   */
  public Verified verify(OwnerPolicy policy, Instant time) throws AttestationException {
    Verdict verdict = new EvidenceAppraisal(policy).appraiseUnchallenged(bound, time);
    Ed25519Key key = Ed25519Key.parse(bound.binding().receiptKey());
    Receipt receipt = ReceiptVerifier.verify(signedReceipt, key);
    ReceiptVerifier.requireFor(receipt, bound, verdict);
    return new Verified(receipt, verdict);
  }
}
