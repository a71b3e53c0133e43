package io.silenda.attest.channel;

import io.silenda.attest.hpke.Secrets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * The AES-256-GCM key and nonce of one body, derived as in RFC 9458, section 4.4: extracted from an
 * exported secret under a salt that no two bodies share, then expanded. Wiped by {@link #close}.
 */
final class BodyKeys implements AutoCloseable {
  static final int SECRET_BYTES = 32;

  /** max(Nn, Nk) of AES-256-GCM: the length of a request's or an answer's random part. */
  static final int NONCE_BYTES = 32;

  private static final int KEY_BYTES = 32;
  private static final int IV_BYTES = 12;
  private static final byte[] KEY = {'k', 'e', 'y'};
  private static final byte[] NONCE = {'n', 'o', 'n', 'c', 'e'};

  private final byte[] key;
  private final byte[] iv;

  private BodyKeys(byte[] key, byte[] iv) {
    this.key = key;
    this.iv = iv;
  }

  static BodyKeys derive(byte[] secret, byte[] salt) {
    HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
    byte[] prk = hkdf.extractPRK(salt, secret);
    try {
      return new BodyKeys(expand(hkdf, prk, KEY, KEY_BYTES), expand(hkdf, prk, NONCE, IV_BYTES));
    } finally {
      Secrets.wipe(prk);
    }
  }

  private static byte[] expand(HKDFBytesGenerator hkdf, byte[] prk, byte[] info, int length) {
    hkdf.init(HKDFParameters.skipExtractParameters(prk, info));
    byte[] out = new byte[length];
    hkdf.generateBytes(out, 0, length);
    return out;
  }

  /** The key itself, not a copy. */
  byte[] key() {
    return key;
  }

  /** The nonce of frame {@code index}: the body's nonce XOR the index, RFC 9180, section 5.2. */
  byte[] nonce(long index) {
    byte[] nonce = Arrays.copyOf(iv, iv.length);
    for (int i = 0; i < Long.BYTES; i++) {
      nonce[IV_BYTES - 1 - i] ^= (byte) (index >> (8 * i));
    }
    return nonce;
  }

  @Override
  public void close() {
    Secrets.wipe(key, iv);
  }
}
