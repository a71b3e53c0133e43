package io.silenda.he.wire;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * A random name of a request, which its response repeats.
 *
 * @param high first eight bytes, big-endian
 * @param low last eight bytes, big-endian
 */
public record RequestId(long high, long low) {
  /** Bytes of an id. */
  public static final int BYTES = 16;

  static final RequestId ZERO = new RequestId(0, 0);

  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new id. */
  public static RequestId random() {
    return new RequestId(RANDOM.nextLong(), RANDOM.nextLong());
  }

  static RequestId read(ByteBuffer buffer) {
    return new RequestId(buffer.getLong(), buffer.getLong());
  }

  void write(ByteBuffer buffer) {
    buffer.putLong(high).putLong(low);
  }

  /** 32 hexadecimal digits. */
  @Override
  public String toString() {
    return "%016x%016x".formatted(high, low);
  }
}
