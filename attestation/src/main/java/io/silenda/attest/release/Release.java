package io.silenda.attest.release;

import java.time.Instant;
import java.util.Arrays;

/**
 * One release, as the log has it.
 *
 * @param time by the broker's clock
 * @param keyName which key
 * @param workerDigest who got it
 * @param reportData what that worker's evidence carried: its nonce and keys
 * @param evidenceHash SHA-256 of the evidence
 * @param policyDigest SHA-256 of the owner's policy that accepted it
 * @param simulated whether no hardware stands behind the evidence
 */
public record Release(
    Instant time,
    String keyName,
    byte[] workerDigest,
    byte[] reportData,
    byte[] evidenceHash,
    byte[] policyDigest,
    boolean simulated) {
  /** Copies the arguments. */
  public Release {
    workerDigest = workerDigest.clone();
    reportData = reportData.clone();
    evidenceHash = evidenceHash.clone();
    policyDigest = policyDigest.clone();
  }

  @Override
  public byte[] workerDigest() {
    return workerDigest.clone();
  }

  @Override
  public byte[] reportData() {
    return reportData.clone();
  }

  @Override
  public byte[] evidenceHash() {
    return evidenceHash.clone();
  }

  @Override
  public byte[] policyDigest() {
    return policyDigest.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Release that
        && time.equals(that.time)
        && keyName.equals(that.keyName)
        && Arrays.equals(workerDigest, that.workerDigest)
        && Arrays.equals(reportData, that.reportData)
        && Arrays.equals(evidenceHash, that.evidenceHash)
        && Arrays.equals(policyDigest, that.policyDigest)
        && simulated == that.simulated;
  }

  @Override
  public int hashCode() {
    return 31 * keyName.hashCode() + Arrays.hashCode(reportData);
  }
}
