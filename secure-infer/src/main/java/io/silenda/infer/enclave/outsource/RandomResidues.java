package io.silenda.infer.enclave.outsource;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Uniform residues from AES-256 in counter mode under a fresh random key. Not thread-safe. */
final class RandomResidues {
  private static final int BUFFER_BYTES = 1 << 13;
  private static final int BITS = 31;

  private final Cipher cipher;
  private final byte[] zeros = new byte[BUFFER_BYTES];
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position = BUFFER_BYTES;

  RandomResidues() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    try {
      this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a Java platform without AES-CTR", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** Fills {@code out}; candidates that would make some residues likelier are dropped. */
  void fill(PrimeField field, int[] out) {
    long limit = (1L << BITS) / field.modulus() * field.modulus();
    for (int i = 0; i < out.length; i++) {
      int candidate = next();
      while (candidate >= limit) {
        candidate = next();
      }
      out[i] = field.modulus() == Integer.MAX_VALUE ? candidate : candidate % field.modulus();
    }
  }

  private int next() {
    if (position == BUFFER_BYTES) {
      try {
        cipher.update(zeros, 0, BUFFER_BYTES, buffer, 0);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("AES-CTR gave no bytes", e);
      }
      position = 0;
    }
    int bits =
        (buffer[position] & 0xff)
            | (buffer[position + 1] & 0xff) << 8
            | (buffer[position + 2] & 0xff) << 16
            | (buffer[position + 3] & 0x7f) << 24;
    Arrays.fill(buffer, position, position + Integer.BYTES, (byte) 0);
    position += Integer.BYTES;
    return bits;
  }
}
