package io.silenda.dp.mechanism;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A stream of random bits: AES-256 in counter mode under a key that is drawn from {@link
 * SecureRandom} and kept nowhere else. Each source has its own key; one key gives at most 2^48
 * bytes, far from where counter mode would be told from chance.
 *
 * <p>Not thread-safe. Closing wipes what is buffered.
 */
public final class NoiseSource implements AutoCloseable {
  private static final int BLOCK = 1 << 16;
  // Many short calls make the virtual machine use the processor's instructions early.
  private static final int SLICE = 1 << 11;
  private static final long MOST_BLOCKS = 1L << 32;

  private final byte[] zeros = new byte[SLICE];
  private final byte[] bytes = new byte[BLOCK];
  private final ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  private final Cipher cipher;
  private final boolean secret;
  private long blocks;
  private boolean closed;

  private NoiseSource(byte[] key, boolean secret) {
    try {
      cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
    this.secret = secret;
    words.position(BLOCK);
  }

  /** A source that nobody can predict. */
  public static NoiseSource secure() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return new NoiseSource(key, true);
  }

  /**
   * The same bits for the same seed, for tests: every result that used it says that it is not
   * private.
   */
  public static NoiseSource insecureSeeded(long seed) {
    return new NoiseSource(ByteBuffer.allocate(32).putLong(seed).array(), false);
  }

  /** Whether results may be called private: false for seeded sources. */
  public boolean isSecret() {
    return secret;
  }

  /** 64 uniform bits. */
  long nextLong() {
    if (words.remaining() < Long.BYTES) {
      refill();
    }
    return words.getLong();
  }

  /** Fills an array with uniform bits. */
  void nextInts(int[] values) {
    int done = 0;
    while (done < values.length) {
      if (words.remaining() < Integer.BYTES) {
        refill();
      }
      int count = Math.min(words.remaining() / Integer.BYTES, values.length - done);
      words.asIntBuffer().get(values, done, count);
      words.position(words.position() + count * Integer.BYTES);
      done += count;
    }
  }

  private void refill() {
    if (closed) {
      throw new IllegalStateException("the noise source is closed");
    }
    if (blocks++ >= MOST_BLOCKS) {
      throw new IllegalStateException("the noise source is used up");
    }
    try {
      for (int at = 0; at < BLOCK; at += SLICE) {
        if (cipher.update(zeros, 0, SLICE, bytes, at) != SLICE) {
          throw new IllegalStateException("the cipher gave less than was asked for");
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("counter mode cannot fail", e);
    }
    words.position(0);
  }

  @Override
  public void close() {
    closed = true;
    Arrays.fill(bytes, (byte) 0);
    words.position(BLOCK);
  }
}
