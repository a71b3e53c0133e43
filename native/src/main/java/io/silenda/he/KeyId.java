package io.silenda.he;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * A random name of a secret key, which its public key, evaluation keys and ciphertexts carry, so
 * that what belongs to another key is refused: CKKS would decrypt it to nonsense without complaint.
 * It tells nothing about the key.
 *
 * @param high first eight bytes, big-endian
 * @param low last eight bytes, big-endian
 */
public record KeyId(long high, long low) {
  /** Bytes of an id. */
  public static final int BYTES = 16;

  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new id. */
  static KeyId random() {
    return new KeyId(RANDOM.nextLong(), RANDOM.nextLong());
  }

  /** Reads an id and moves the buffer's position behind it. */
  public static KeyId read(ByteBuffer buffer) {
    return new KeyId(buffer.getLong(), buffer.getLong());
  }

  /** Writes the id and moves the buffer's position behind it. */
  public void write(ByteBuffer buffer) {
    buffer.putLong(high).putLong(low);
  }

  /** 32 hexadecimal digits. */
  @Override
  public String toString() {
    return "%016x%016x".formatted(high, low);
  }
}
