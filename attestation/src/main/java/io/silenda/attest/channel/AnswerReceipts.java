package io.silenda.attest.channel;

import io.silenda.attest.binding.WorkerIdentity;
import io.silenda.attest.receipt.Receipt;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The receipt of an answer within a session. */
final class AnswerReceipts {
  private AnswerReceipts() {}

  static Receipt of(
      WorkerSession.Terms terms,
      WorkerIdentity identity,
      Instant now,
      long sequence,
      byte[] inputHash,
      byte[] outputHash) {
    return new Receipt(
        now.truncatedTo(ChronoUnit.SECONDS),
        terms.nonce(),
        sequence,
        identity.modelDigest(),
        identity.workerDigest(),
        inputHash,
        outputHash,
        terms.evidenceHash(),
        terms.simulated());
  }
}
