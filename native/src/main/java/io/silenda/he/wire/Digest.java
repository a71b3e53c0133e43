package io.silenda.he.wire;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A SHA-256 digest, as eight bytes each, big-endian and in order.
 *
 * @param first bytes 0..7
 * @param second bytes 8..15
 * @param third bytes 16..23
 * @param fourth bytes 24..31
 */
public record Digest(long first, long second, long third, long fourth) {
  /** Bytes of a digest. */
  public static final int BYTES = 32;

  static final Digest ZERO = new Digest(0, 0, 0, 0);

  /** The digest of some bytes. */
  public static Digest sha256(byte[] bytes) {
    return ofBytes(sha256().digest(bytes));
  }

  /**
   * A digest that was computed elsewhere.
   *
   * @throws IllegalArgumentException if there are not 32 bytes
   */
  public static Digest ofBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("bytes has length " + bytes.length + ", not " + BYTES);
    }
    return read(ByteBuffer.wrap(bytes));
  }

  /** A new array of the 32 bytes. */
  public byte[] toBytes() {
    ByteBuffer buffer = ByteBuffer.allocate(BYTES);
    write(buffer);
    return buffer.array();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static Digest read(ByteBuffer buffer) {
    return new Digest(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  void write(ByteBuffer buffer) {
    buffer.putLong(first).putLong(second).putLong(third).putLong(fourth);
  }

  /** 64 hexadecimal digits. */
  @Override
  public String toString() {
    return "%016x%016x%016x%016x".formatted(first, second, third, fourth);
  }
}
