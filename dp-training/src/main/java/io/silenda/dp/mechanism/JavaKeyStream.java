package io.silenda.dp.mechanism;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The key stream by the JDK's cipher, which goes on where it stands and starts anew elsewhere. */
final class JavaKeyStream implements KeyStream {
  private static final int BLOCK_WORDS = 2;
  private static final int CHUNK_BYTES = 1 << 16;

  private final Cipher cipher;
  private final SecretKey key;
  private final byte[] zeros = new byte[CHUNK_BYTES];
  private final byte[] bytes = new byte[CHUNK_BYTES];
  private long next = -1;

  JavaKeyStream(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
    try {
      cipher = Cipher.getInstance("AES/CTR/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES", e);
    }
  }

  @Override
  public void read(long first, long[] out) {
    if (first != next) {
      seek(first);
    }
    for (int done = 0; done < out.length; ) {
      int words = Math.min(CHUNK_BYTES / Long.BYTES, out.length - done);
      take(words * Long.BYTES);
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(out, done, words);
      done += words;
    }
    next = first + out.length;
  }

  private void seek(long first) {
    byte[] counter = ByteBuffer.allocate(16).putLong(8, first / BLOCK_WORDS).array();
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES of 256 bits", e);
    }
    if (first % BLOCK_WORDS != 0) {
      take(Long.BYTES);
    }
  }

  private void take(int count) {
    try {
      if (cipher.update(zeros, 0, count, bytes, 0) != count) {
        throw new IllegalStateException("the cipher gave less than was asked for");
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("counter mode cannot fail", e);
    }
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }
}
