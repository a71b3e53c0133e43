package io.silenda.attest.channel;

/**
 * The sizes that bodies are padded to, so that a length tells little: Padmé, after Nikitin et al.,
 * "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", section 4. A size
 * of L bytes reveals O(log log L) bits, and costs at most 12 % (less the larger it is).
 */
final class SizeBuckets {
  /** Everything smaller looks alike. */
  static final long SMALLEST = 1024;

  /** The largest size that can be padded without overflow. */
  static final long LARGEST = 1L << 56;

  private SizeBuckets() {}

  /** The bucket of {@code length} bytes, which is at least that. */
  static long padded(long length) {
    if (length < 0 || length > LARGEST) {
      throw new IllegalArgumentException("length: " + length + ", must be 0 to " + LARGEST);
    }
    if (length <= SMALLEST) {
      return SMALLEST;
    }
    int exponent = 63 - Long.numberOfLeadingZeros(length);
    int mantissaBits = 32 - Integer.numberOfLeadingZeros(exponent);
    long mask = (1L << (exponent - mantissaBits)) - 1;
    return (length + mask) & ~mask;
  }
}
