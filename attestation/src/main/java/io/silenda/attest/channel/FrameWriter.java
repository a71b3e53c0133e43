package io.silenda.attest.channel;

import io.silenda.attest.encoding.Digests;
import io.silenda.attest.hpke.Secrets;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Seals content as it comes and hashes it. {@link #finish} pads and writes the final frame; a body
 * without it is refused by its reader. Not thread-safe. Does not close the stream below.
 */
final class FrameWriter implements AutoCloseable {
  /** Room to begin with: most requests are small, and frames are large. */
  private static final int SMALL_BYTES = 2048;

  private final FrameCipher cipher;
  private final OutputStream out;
  private final MessageDigest hash = Digests.SHA_256.newDigest();
  private byte[] plain = new byte[Frames.COUNT_BYTES + SMALL_BYTES];
  private byte[] frame = new byte[0];
  private int filled;
  private long written;

  FrameWriter(BodyKeys keys, OutputStream out) {
    this.cipher = new FrameCipher(keys);
    this.out = out;
  }

  void write(byte[] content, int offset, int length) throws IOException {
    hash.update(content, offset, length);
    int from = offset;
    int left = length;
    while (left > 0) {
      // A full frame waits for more, since padding may still have to go into the last one.
      if (filled == Frames.CONTENT_BYTES) {
        flush(filled);
      }
      int count = Math.min(left, Frames.CONTENT_BYTES - filled);
      reserve(filled + count);
      System.arraycopy(content, from, plain, Frames.COUNT_BYTES + filled, count);
      filled += count;
      from += count;
      left -= count;
    }
  }

  /** SHA-256 of the content; called once, when there is no more of it. */
  byte[] contentHash() {
    return hash.digest();
  }

  /** Pads, and writes the final frame. */
  void finish(byte[] trailer) throws IOException {
    if (trailer.length > Frames.MAX_TRAILER_BYTES) {
      throw new IllegalArgumentException(
          "trailer: " + trailer.length + " bytes, must be at most " + Frames.MAX_TRAILER_BYTES);
    }
    long target = SizeBuckets.padded(written + filled);
    while (written < target) {
      flush((int) Math.min(Frames.CONTENT_BYTES, target - written));
    }
    reserve(trailer.length);
    System.arraycopy(trailer, 0, plain, Frames.COUNT_BYTES, trailer.length);
    frame(trailer.length, Frames.paddedTrailer(trailer.length), true);
    close();
  }

  /** Writes what is there as a frame of {@code size} bytes of content and padding. */
  private void flush(int size) throws IOException {
    frame(filled, size, false);
    written += size;
    filled = 0;
  }

  private void frame(int count, int size, boolean last) throws IOException {
    reserve(size);
    int needed = Frames.OVERHEAD_BYTES + size;
    if (frame.length < needed) {
      frame = new byte[needed];
    }
    ByteBuffer.wrap(plain).putInt(count);
    Arrays.fill(plain, Frames.COUNT_BYTES + count, Frames.COUNT_BYTES + size, (byte) 0);
    int sealed = cipher.seal(plain, Frames.COUNT_BYTES + size, last, frame, Frames.LENGTH_BYTES);
    ByteBuffer.wrap(frame).putInt(last ? sealed | Frames.FINAL_MARK : sealed);
    out.write(frame, 0, Frames.LENGTH_BYTES + sealed);
  }

  /** Makes room for so much content, and wipes what it leaves behind. */
  private void reserve(int contentBytes) {
    int needed = Frames.COUNT_BYTES + contentBytes;
    if (plain.length < needed) {
      int most = Frames.COUNT_BYTES + Frames.CONTENT_BYTES;
      byte[] larger = Arrays.copyOf(plain, Math.min(most, Math.max(needed, 4 * plain.length)));
      Secrets.wipe(plain);
      plain = larger;
    }
  }

  @Override
  public void close() {
    cipher.close();
    Secrets.wipe(plain);
  }
}
