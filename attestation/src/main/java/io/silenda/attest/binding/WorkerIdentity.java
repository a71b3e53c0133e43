package io.silenda.attest.binding;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a worker is. Its digests are worth as much as whoever measured them: see the register that
 * the owner's policy pins beside them.
 *
 * @param workerDigest of everything that runs, 32 to 64 bytes
 * @param modelDigest of the model, 32 to 64 bytes
 * @param policyDigest of the worker's own policy, 32 to 64 bytes
 * @param tlsKey SubjectPublicKeyInfo of the key that TLS ends at, only where that is in the worker
 */
public record WorkerIdentity(
    byte[] workerDigest, byte[] modelDigest, byte[] policyDigest, Optional<byte[]> tlsKey) {
  private static final int LEAST = 32;
  private static final int MOST = 64;

  /** The longest key that is carried: RSA of 4096 bits has about 550 bytes. */
  static final int MAX_TLS_KEY_BYTES = 1024;

  /** Checks and copies the arguments. */
  public WorkerIdentity {
    workerDigest = digest("workerDigest", workerDigest);
    modelDigest = digest("modelDigest", modelDigest);
    policyDigest = digest("policyDigest", policyDigest);
    tlsKey = tlsKey.map(byte[]::clone);
    int tlsBytes = tlsKey.map(key -> key.length).orElse(1);
    if (tlsBytes < 1 || tlsBytes > MAX_TLS_KEY_BYTES) {
      throw new IllegalArgumentException(
          "tlsKey: " + tlsBytes + " bytes, must be 1 to " + MAX_TLS_KEY_BYTES);
    }
  }

  private static byte[] digest(String parameter, byte[] digest) {
    if (digest.length < LEAST || digest.length > MOST) {
      throw new IllegalArgumentException(
          parameter + ": " + digest.length + " bytes, must be " + LEAST + " to " + MOST);
    }
    return digest.clone();
  }

  @Override
  public byte[] workerDigest() {
    return workerDigest.clone();
  }

  @Override
  public byte[] modelDigest() {
    return modelDigest.clone();
  }

  @Override
  public byte[] policyDigest() {
    return policyDigest.clone();
  }

  @Override
  public Optional<byte[]> tlsKey() {
    return tlsKey.map(byte[]::clone);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WorkerIdentity that
        && Arrays.equals(workerDigest, that.workerDigest)
        && Arrays.equals(modelDigest, that.modelDigest)
        && Arrays.equals(policyDigest, that.policyDigest)
        && Arrays.equals(tlsKey.orElse(new byte[0]), that.tlsKey.orElse(new byte[0]));
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(workerDigest) + Arrays.hashCode(modelDigest);
  }

  @Override
  public String toString() {
    return "worker " + hex(workerDigest) + ", model " + hex(modelDigest);
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }
}
