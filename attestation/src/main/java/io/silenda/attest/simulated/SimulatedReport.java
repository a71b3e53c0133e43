package io.silenda.attest.simulated;

import io.silenda.attest.provider.ReportData;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;

/**
 * What simulated evidence says. Layout, big-endian: the text {@code SIMULATED}, version (1 byte),
 * report data (64), length of the worker digest (1) and the digest, milliseconds since 1970 (8),
 * Ed25519 public key (32), Ed25519 signature over all of that (64). Arrays must not be changed.
 *
 * @param reportData 64 bytes
 * @param workerDigest 1 to 64 bytes
 * @param issuedAt in whole milliseconds
 * @param publicKey Ed25519, 32 bytes
 */
record SimulatedReport(byte[] reportData, byte[] workerDigest, Instant issuedAt, byte[] publicKey) {
  /** The name of the format, and its first bytes. */
  static final String FORMAT = "SIMULATED";

  static final int VERSION = 1;
  static final int LONGEST_DIGEST = 64;

  private static final int FIXED_BYTES =
      FORMAT.length() + 2 + ReportData.BYTES + Long.BYTES + Ed25519PublicKeyParameters.KEY_SIZE;

  /** The bytes that are signed. */
  byte[] signedBytes() {
    return ByteBuffer.allocate(FIXED_BYTES + workerDigest.length)
        .put(FORMAT.getBytes(StandardCharsets.US_ASCII))
        .put((byte) VERSION)
        .put(reportData)
        .put((byte) workerDigest.length)
        .put(workerDigest)
        .putLong(issuedAt.toEpochMilli())
        .put(publicKey)
        .array();
  }
}
