package io.silenda.attest.encoding;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes of FIPS 180-4, which every Java platform has. */
public enum Digests {
  SHA_256("SHA-256", 32),
  SHA_384("SHA-384", 48),
  SHA_512("SHA-512", 64);

  private final String algorithm;
  private final int sizeBytes;

  Digests(String algorithm, int sizeBytes) {
    this.algorithm = algorithm;
    this.sizeBytes = sizeBytes;
  }

  /** Length of the hash. */
  public int sizeBytes() {
    return sizeBytes;
  }

  /** The hash of the concatenation of {@code parts}. */
  public byte[] hash(byte[]... parts) {
    MessageDigest digest = newDigest();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  /** A new computation, for bytes that come piece by piece. */
  public MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("a Java platform without " + algorithm, e);
    }
  }
}
