package io.silenda.attest.receipt;

import java.time.Instant;
import java.util.Arrays;

/**
 * What a worker states about one answer. Hashes are SHA-256.
 *
 * @param issuedAt by the worker's clock, whole seconds
 * @param nonce of the session, as the client sent it
 * @param sequence the number of the request in its session
 * @param modelDigest which model computed
 * @param workerDigest the measurement: what ran it
 * @param inputHash of the content of the request, byte for byte
 * @param outputHash of the content of the answer, byte for byte
 * @param evidenceHash of the evidence that vouches for the signing key
 * @param simulated whether no hardware stands behind that
 */
public record Receipt(
    Instant issuedAt,
    byte[] nonce,
    long sequence,
    byte[] modelDigest,
    byte[] workerDigest,
    byte[] inputHash,
    byte[] outputHash,
    byte[] evidenceHash,
    boolean simulated) {
  /** Copies the arguments. */
  public Receipt {
    if (issuedAt.getNano() != 0 || issuedAt.getEpochSecond() < 0) {
      throw new IllegalArgumentException(
          "issuedAt: " + issuedAt + ", must be whole seconds since 1970");
    }
    if (sequence < 0) {
      throw new IllegalArgumentException("sequence: " + sequence + ", must be at least 0");
    }
    nonce = nonce.clone();
    modelDigest = modelDigest.clone();
    workerDigest = workerDigest.clone();
    inputHash = inputHash.clone();
    outputHash = outputHash.clone();
    evidenceHash = evidenceHash.clone();
  }

  @Override
  public byte[] nonce() {
    return nonce.clone();
  }

  @Override
  public byte[] modelDigest() {
    return modelDigest.clone();
  }

  @Override
  public byte[] workerDigest() {
    return workerDigest.clone();
  }

  @Override
  public byte[] inputHash() {
    return inputHash.clone();
  }

  @Override
  public byte[] outputHash() {
    return outputHash.clone();
  }

  @Override
  public byte[] evidenceHash() {
    return evidenceHash.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Receipt that
        && Arrays.equals(ReceiptCodec.encode(this), ReceiptCodec.encode(that));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(outputHash);
  }
}
