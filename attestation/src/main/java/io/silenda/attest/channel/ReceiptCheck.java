package io.silenda.attest.channel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Verdict;
import io.silenda.attest.cose.Ed25519Key;
import io.silenda.attest.receipt.Receipt;
import io.silenda.attest.receipt.ReceiptVerifier;

/** Holds the receipt of an answer against what this client sent, got and accepted. */
record ReceiptCheck(SessionTerms terms, Verdict verdict, Ed25519Key key) {
  Receipt check(byte[] signed, long sequence, byte[] inputHash, byte[] outputHash)
      throws AttestationException {
    Receipt receipt = ReceiptVerifier.verify(signed, key);
    ReceiptVerifier.requireEqual("input", receipt.inputHash(), inputHash);
    ReceiptVerifier.requireEqual("output", receipt.outputHash(), outputHash);
    ReceiptVerifier.requireFor(receipt, terms.bound(), verdict);
    ReceiptVerifier.requireSequence(receipt, sequence);
    return receipt;
  }
}
