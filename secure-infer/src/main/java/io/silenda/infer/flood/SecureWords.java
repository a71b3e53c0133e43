package io.silenda.infer.flood;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.function.LongSupplier;

/** Words from a cryptographic generator, which is asked for many at once. Not thread-safe. */
final class SecureWords implements LongSupplier {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 1 << 14;

  private final byte[] bytes = new byte[BYTES];
  private final ByteBuffer words = ByteBuffer.wrap(bytes).position(BYTES);

  @Override
  public long getAsLong() {
    if (!words.hasRemaining()) {
      RANDOM.nextBytes(bytes);
      words.rewind();
    }
    return words.getLong();
  }
}
