package io.silenda.dp.mechanism;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * A stream of random bits: AES-256 in counter mode under a key that is drawn from {@link
 * SecureRandom} and kept nowhere else. Each source has its own key; one key gives at most 2^48
 * bytes, far from where counter mode would be told from chance.
 *
 * <p>Not thread-safe. Closing wipes what is buffered.
 */
public final class NoiseSource implements AutoCloseable {
  private static final int KEY_BYTES = 32;
  private static final int BUFFER_WORDS = 1 << 13;
  private static final long MOST_WORDS = 1L << 45;

  private final KeyStream stream;
  private final boolean secret;
  private final long[] buffer = new long[BUFFER_WORDS];
  private int taken = BUFFER_WORDS;
  // Place of the next word of the stream that is neither used nor buffered.
  private long next;
  private boolean closed;

  NoiseSource(KeyStream stream, boolean secret) {
    this.stream = stream;
    this.secret = secret;
  }

  private static NoiseSource of(byte[] key, boolean secret) {
    try {
      return new NoiseSource(
          NoiseKernel.inUse() ? new NativeKeyStream(key) : new JavaKeyStream(key), secret);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** A source that nobody can predict. */
  public static NoiseSource secure() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return of(key, true);
  }

  /**
   * The same bits for the same seed, for tests: every result that used it says that it is not
   * private.
   */
  public static NoiseSource insecureSeeded(long seed) {
    return of(ByteBuffer.allocate(KEY_BYTES).putLong(seed).array(), false);
  }

  /** Whether results may be called private: false for seeded sources. */
  public boolean isSecret() {
    return secret;
  }

  /** 64 uniform bits. */
  long nextLong() {
    if (taken == BUFFER_WORDS) {
      long first = reserve(BUFFER_WORDS);
      stream.read(first, buffer);
      taken = 0;
    }
    return buffer[taken++];
  }

  /** Fills {@code words} from a place that was reserved. */
  void read(long first, long[] words) {
    stream.read(first, words);
  }

  /** The native stream behind this source, where there is one. */
  Optional<NativeKeyStream> kernel() {
    return stream instanceof NativeKeyStream kernel ? Optional.of(kernel) : Optional.empty();
  }

  /** Takes words out of the stream, unread; returns the place of the first. */
  long reserve(int words) {
    if (closed) {
      throw new IllegalStateException("the noise source is closed");
    }
    if (next > MOST_WORDS - words) {
      throw new IllegalStateException("the noise source is used up");
    }
    long first = next;
    next += words;
    return first;
  }

  @Override
  public void close() {
    closed = true;
    stream.close();
    Arrays.fill(buffer, 0);
    taken = BUFFER_WORDS;
  }
}
