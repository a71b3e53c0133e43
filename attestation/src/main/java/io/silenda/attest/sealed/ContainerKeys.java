package io.silenda.attest.sealed;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * The keys of one container: HKDF-SHA-256 (RFC 5869) of the model key under the container's salt.
 * Nonces follow STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015): prefix, number of the chunk,
 * whether it is the last, so that chunks cannot be moved, repeated or cut off. Not thread-safe.
 */
final class ContainerKeys {
  private static final byte[] LABEL = "silenda sealed model v1".getBytes(StandardCharsets.US_ASCII);
  private static final int KEY_BYTES = 32;
  private static final int PREFIX_BYTES = 7;
  private static final int NONCE_BYTES = 12;

  private final SecretKeySpec chunkKey;
  private final SecretKeySpec headerKey;
  private final byte[] noncePrefix;
  private final Cipher cipher;

  private ContainerKeys(byte[] derived) throws GeneralSecurityException {
    this.chunkKey = new SecretKeySpec(derived, 0, KEY_BYTES, "AES");
    this.headerKey = new SecretKeySpec(derived, KEY_BYTES, KEY_BYTES, "HmacSHA256");
    this.noncePrefix = Arrays.copyOfRange(derived, 2 * KEY_BYTES, derived.length);
    this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
  }

  static ContainerKeys derive(ModelKey modelKey, byte[] salt) {
    byte[] secret = modelKey.copySecret();
    byte[] derived = new byte[2 * KEY_BYTES + PREFIX_BYTES];
    try {
      HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
      hkdf.init(new HKDFParameters(secret, salt, LABEL));
      hkdf.generateBytes(derived, 0, derived.length);
      return new ContainerKeys(derived);
    } catch (GeneralSecurityException e) {
      throw missing(e);
    } finally {
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(derived, (byte) 0);
    }
  }

  byte[] headerTag(byte[] authenticated) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(headerKey);
      return mac.doFinal(authenticated);
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  /**
   * Encrypts {@code length} bytes of {@code content} into {@code chunk}; says how many it wrote.
   */
  int seal(long index, boolean last, byte[] content, int length, byte[] chunk)
      throws GeneralSecurityException {
    cipher.init(Cipher.ENCRYPT_MODE, chunkKey, nonce(index, last));
    return cipher.doFinal(content, 0, length, chunk, 0);
  }

  /**
   * Decrypts {@code length} bytes at {@code from}; nothing of them is left in {@code content} if
   * this throws.
   */
  int open(long index, boolean last, byte[] chunks, int from, int length, byte[] content)
      throws GeneralSecurityException {
    cipher.init(Cipher.DECRYPT_MODE, chunkKey, nonce(index, last));
    return cipher.doFinal(chunks, from, length, content, 0);
  }

  private GCMParameterSpec nonce(long index, boolean last) {
    byte[] nonce =
        ByteBuffer.allocate(NONCE_BYTES)
            .put(noncePrefix)
            .putInt((int) index)
            .put((byte) (last ? 1 : 0))
            .array();
    return new GCMParameterSpec(SealedHeader.CHUNK_TAG_BYTES * Byte.SIZE, nonce);
  }

  private static IllegalStateException missing(GeneralSecurityException e) {
    return new IllegalStateException("a Java platform without AES-GCM or HMAC-SHA-256", e);
  }
}
