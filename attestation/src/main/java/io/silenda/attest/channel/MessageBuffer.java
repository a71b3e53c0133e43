package io.silenda.attest.channel;

import java.io.OutputStream;
import java.util.Arrays;

/** Collects a message whose size is known beforehand, more or less, with as few copies as that. */
final class MessageBuffer extends OutputStream {
  /** The most that an array can hold on every platform. */
  private static final long MOST = Integer.MAX_VALUE - 8L;

  private byte[] bytes;
  private int size;

  /** For about {@code expectedBytes}; more fits, too. */
  MessageBuffer(long expectedBytes) {
    bytes = new byte[(int) Math.min(MOST, Math.max(1, expectedBytes))];
  }

  @Override
  public void write(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  /** What was written; the buffer itself, where it is full. */
  byte[] toBytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  private void reserve(int more) {
    long needed = (long) size + more;
    if (needed > MOST) {
      throw new OutOfMemoryError("a message of over 2 GiB");
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(MOST, Math.max(needed, 2L * bytes.length)));
    }
  }
}
