package io.silenda.attest.channel;

/**
 * The layout of a sealed body: frames of a length (4 bytes, big-endian, the highest bit set in the
 * final one) and that many bytes of ciphertext. A frame's plaintext is a count (4 bytes), that many
 * bytes of content, and zeros. Frames of content are filled to {@link #CONTENT_BYTES}, so that
 * their borders tell nothing about writes; the last is padded so that the sum is a bucket of {@link
 * SizeBuckets}. The final frame holds what comes after the content, such as a receipt.
 */
final class Frames {
  static final int LENGTH_BYTES = 4;
  static final int COUNT_BYTES = 4;
  static final int CONTENT_BYTES = 64 << 10;
  static final int FINAL_MARK = 1 << 31;

  /** What a trailer is padded to a multiple of; without one, there is one such block of zeros. */
  static final int TRAILER_BLOCK = 512;

  static final int MAX_TRAILER_BYTES = 16 << 10;
  static final int MAX_SEALED_BYTES = COUNT_BYTES + CONTENT_BYTES + FrameCipher.TAG_BYTES;
  static final int OVERHEAD_BYTES = LENGTH_BYTES + COUNT_BYTES + FrameCipher.TAG_BYTES;

  private Frames() {}

  /** Bytes of a trailer's block, padding included. */
  static int paddedTrailer(int length) {
    int blocks = Math.max(1, (length + TRAILER_BLOCK - 1) / TRAILER_BLOCK);
    return blocks * TRAILER_BLOCK;
  }

  /** Bytes of a whole body: of its frames of content and of its final frame. */
  static long sealedBytes(long content, int trailer) {
    long padded = SizeBuckets.padded(content);
    long frames = (padded + CONTENT_BYTES - 1) / CONTENT_BYTES;
    return padded + paddedTrailer(trailer) + (frames + 1) * OVERHEAD_BYTES;
  }
}
