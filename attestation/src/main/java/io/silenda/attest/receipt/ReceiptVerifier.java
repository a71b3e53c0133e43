package io.silenda.attest.receipt;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.Verdict;
import io.silenda.attest.binding.BoundEvidence;
import io.silenda.attest.binding.WorkerIdentity;
import io.silenda.attest.cose.Ed25519Key;
import io.silenda.attest.cose.Ed25519Sign1;
import io.silenda.attest.hpke.Secrets;

/** Verifies receipts. Stateless and thread-safe. */
public final class ReceiptVerifier {
  private ReceiptVerifier() {}

  /**
   * Reads a receipt that {@code key} signed.
   *
   * @throws AttestationException {@link Reason#RECEIPT_SIGNATURE} where it did not, or a reason of
   *     form
   */
  public static Receipt verify(byte[] signed, Ed25519Key key) throws AttestationException {
    return ReceiptCodec.decode(
        Ed25519Sign1.verify(signed, key, "receipt-signature", Reason.RECEIPT_SIGNATURE));
  }

  /**
   * Refuses unless both hashes are equal.
   *
   * @param what names them, such as {@code output}
   * @throws AttestationException {@link Reason#RECEIPT_MISMATCH}
   */
  public static void requireEqual(String what, byte[] stated, byte[] seen)
      throws AttestationException {
    if (!Secrets.equal(stated, seen)) {
      throw new AttestationException(
          Reason.RECEIPT_MISMATCH, "receipt-" + what, "another " + what, "the one at hand");
    }
  }

  /**
   * Refuses a receipt that is not of the worker, the session and the evidence that were accepted.
   *
   * @throws AttestationException {@link Reason#RECEIPT_MISMATCH}
   */
  public static void requireFor(Receipt receipt, BoundEvidence bound, Verdict verdict)
      throws AttestationException {
    WorkerIdentity identity = bound.binding().identity();
    requireEqual("nonce", receipt.nonce(), bound.binding().nonce());
    requireEqual("model", receipt.modelDigest(), identity.modelDigest());
    requireEqual("measurement", receipt.workerDigest(), identity.workerDigest());
    requireEqual("evidence", receipt.evidenceHash(), bound.evidenceHash());
    if (verdict.simulated() && !receipt.simulated()) {
      throw new AttestationException(
          Reason.RECEIPT_MISMATCH,
          "receipt-simulated",
          "a receipt that speaks of hardware",
          "SIMULATED, as its evidence is");
    }
  }

  /** Refuses a receipt for another request of the session. */
  public static void requireSequence(Receipt receipt, long sequence) throws AttestationException {
    if (receipt.sequence() != sequence) {
      throw new AttestationException(
          Reason.RECEIPT_MISMATCH,
          "receipt-sequence",
          "request " + receipt.sequence(),
          "request " + sequence);
    }
  }
}
