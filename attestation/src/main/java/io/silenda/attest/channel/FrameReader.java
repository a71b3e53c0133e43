package io.silenda.attest.channel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.Digests;
import io.silenda.attest.hpke.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Opens a sealed body frame by frame. Content is handed out only after its frame was authenticated;
 * that it is complete is known only once {@link #next} returned false. Not thread-safe.
 */
final class FrameReader implements AutoCloseable {
  private static final String NAME = "sealed-body";

  private final FrameCipher cipher;
  private final InputStream in;
  private final long maxContentBytes;
  private final MessageDigest hash = Digests.SHA_256.newDigest();
  private final byte[] header = new byte[Frames.LENGTH_BYTES];
  private byte[] sealed = new byte[0];
  private byte[] plain = new byte[0];
  private int count;
  private long padded;
  private long total;
  private byte[] trailer = new byte[0];
  private boolean finished;

  FrameReader(BodyKeys keys, InputStream in, long maxContentBytes) {
    this.cipher = new FrameCipher(keys);
    this.in = in;
    this.maxContentBytes = maxContentBytes;
  }

  /**
   * Reads the next frame of content; false once the final frame was read, and is the last thing.
   */
  boolean next() throws IOException, AttestationException {
    if (finished) {
      return false;
    }
    int length = length();
    boolean last = length < 0;
    int plainBytes = open(length & ~Frames.FINAL_MARK, last);
    count = count(plainBytes);
    if (last) {
      finish(plainBytes);
      return false;
    }
    content(plainBytes);
    return true;
  }

  /** The frame's content begins here in {@link #buffer}. */
  int offset() {
    return Frames.COUNT_BYTES;
  }

  int count() {
    return count;
  }

  /** Bytes that can be read without waiting: no less than what a body in memory still holds. */
  int available() throws IOException {
    return in.available();
  }

  byte[] buffer() {
    return plain;
  }

  /** What the final frame held; valid once {@link #next} returned false. */
  byte[] trailer() {
    return trailer.clone();
  }

  /** SHA-256 of the content; called once, when {@link #next} has returned false. */
  byte[] contentHash() {
    return hash.digest();
  }

  private int length() throws IOException, AttestationException {
    int read = in.readNBytes(header, 0, header.length);
    if (read == 0) {
      throw new AttestationException(
          Reason.FINAL_FRAME_MISSING, NAME, "an end without a final frame", "a final frame");
    }
    if (read < header.length) {
      throw truncated();
    }
    int length = ByteBuffer.wrap(header).getInt();
    int sealedBytes = length & ~Frames.FINAL_MARK;
    if (sealedBytes < Frames.COUNT_BYTES + FrameCipher.TAG_BYTES
        || sealedBytes > Frames.MAX_SEALED_BYTES) {
      throw new AttestationException(
          Reason.BAD_LENGTH,
          NAME,
          "a frame of " + sealedBytes + " bytes",
          "at most " + Frames.MAX_SEALED_BYTES);
    }
    return length;
  }

  private int open(int length, boolean last) throws IOException, AttestationException {
    if (sealed.length < length) {
      // Reads before it allocates more than once what has come.
      sealed = in.readNBytes(length);
      Secrets.wipe(plain);
      plain = new byte[sealed.length];
      if (sealed.length < length) {
        throw truncated();
      }
    } else if (in.readNBytes(sealed, 0, length) < length) {
      throw truncated();
    }
    return cipher.open(sealed, length, last, plain);
  }

  private int count(int plainBytes) throws AttestationException {
    int value = ByteBuffer.wrap(plain).getInt();
    if (value < 0 || value > plainBytes - Frames.COUNT_BYTES) {
      throw new AttestationException(
          Reason.BAD_LENGTH, NAME, "a count beyond the frame", "a count within it");
    }
    for (int i = Frames.COUNT_BYTES + value; i < plainBytes; i++) {
      if (plain[i] != 0) {
        throw new AttestationException(Reason.RESERVED_NOT_ZERO, NAME, "other padding", "zeros");
      }
    }
    return value;
  }

  private void content(int plainBytes) throws AttestationException {
    padded += plainBytes - Frames.COUNT_BYTES;
    if (total + count > maxContentBytes || padded > SizeBuckets.padded(maxContentBytes)) {
      throw new AttestationException(
          Reason.TOO_LARGE, NAME, "more content", "at most " + maxContentBytes + " bytes");
    }
    total += count;
    hash.update(plain, Frames.COUNT_BYTES, count);
  }

  private void finish(int plainBytes) throws IOException, AttestationException {
    if (padded != SizeBuckets.padded(total)
        || plainBytes - Frames.COUNT_BYTES != Frames.paddedTrailer(count)) {
      throw new AttestationException(
          Reason.DOWNGRADED, NAME, "a body that is not padded", "a size of the list of buckets");
    }
    if (in.read() >= 0) {
      throw new AttestationException(
          Reason.TRAILING_BYTES, NAME, "bytes after the final frame", "none");
    }
    trailer = Arrays.copyOfRange(plain, Frames.COUNT_BYTES, Frames.COUNT_BYTES + count);
    finished = true;
  }

  private static AttestationException truncated() {
    return new AttestationException(
        Reason.TRUNCATED, NAME, "an end within a frame", "whole frames");
  }

  @Override
  public void close() {
    cipher.close();
    Secrets.wipe(plain);
  }
}
