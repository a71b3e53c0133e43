package io.silenda.attest.sealed;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * What names one sealed state of a model: its version and the digest of its whole header, which
 * names the head before it. Immutable.
 *
 * @param modelVersion counts up from 1 with every sealing
 * @param digest SHA-256, {@value #DIGEST_BYTES} bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Constructor and accessor copy.
public record ModelHead(long modelVersion, byte[] digest) {
  /** Length of the digest. */
  public static final int DIGEST_BYTES = 32;

  /** The head before the first version. */
  public static final ModelHead NONE = new ModelHead(0, new byte[DIGEST_BYTES]);

  /**
   * Copies {@code digest}.
   *
   * @throws IllegalArgumentException if the version is negative or the digest has another length
   */
  public ModelHead {
    if (modelVersion < 0) {
      throw new IllegalArgumentException(
          "modelVersion is " + modelVersion + ", must be at least 0");
    }
    if (digest.length != DIGEST_BYTES) {
      throw new IllegalArgumentException(
          "digest has " + digest.length + " bytes, must have " + DIGEST_BYTES);
    }
    digest = digest.clone();
  }

  @Override
  public byte[] digest() {
    return digest.clone();
  }

  /** The name under which a broker holds the key of this state of the model, and of no other. */
  public String keyName() {
    return "model:" + this;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelHead that
        && modelVersion == that.modelVersion
        && Arrays.equals(digest, that.digest);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(modelVersion) + Arrays.hashCode(digest);
  }

  /** As {@code 7:0f3a…}. */
  @Override
  public String toString() {
    return modelVersion + ":" + HexFormat.of().formatHex(digest);
  }
}
