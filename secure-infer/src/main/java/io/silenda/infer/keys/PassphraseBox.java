package io.silenda.infer.keys;

import io.silenda.infer.keys.KeyFileException.Reason;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.util.Strings;

/**
 * Bytes sealed under a passphrase: Argon2id (RFC 9106, the second recommended option: 64 MiB, three
 * passes, four lanes) and AES-256-GCM. What is before the sealed bytes in the file is authenticated
 * with them.
 *
 * <p>Layout: memory in KiB (4), passes (4), lanes (4), salt (16), nonce (12), ciphertext with a tag
 * of 16 bytes. Numbers are big-endian.
 */
final class PassphraseBox {
  static final int HEADER_BYTES = 40;
  static final int TAG_BYTES = 16;

  private static final int MEMORY_KIB = 1 << 16;
  private static final int PASSES = 3;
  private static final int LANES = 4;
  private static final int MAX_MEMORY_KIB = 1 << 20;
  private static final int MAX_PASSES = 16;
  private static final int MAX_LANES = 16;
  private static final int SALT_BYTES = 16;
  private static final int NONCE_BYTES = 12;
  private static final int KEY_BYTES = 32;

  private PassphraseBox() {}

  /** Seals bytes; neither they nor the passphrase are changed. */
  static byte[] seal(byte[] prefix, byte[] secret, char[] passphrase) {
    SecureRandom random = new SecureRandom();
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] header =
        ByteBuffer.allocate(HEADER_BYTES)
            .putInt(MEMORY_KIB)
            .putInt(PASSES)
            .putInt(LANES)
            .put(salt)
            .put(nonce)
            .array();
    GCMModeCipher cipher = cipher(true, prefix, header, passphrase);
    byte[] sealed = Arrays.copyOf(header, HEADER_BYTES + cipher.getOutputSize(secret.length));
    int written = cipher.processBytes(secret, 0, secret.length, sealed, HEADER_BYTES);
    try {
      cipher.doFinal(sealed, HEADER_BYTES + written);
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException("sealing checks no tag", e);
    }
    return sealed;
  }

  /**
   * Opens sealed bytes; the caller wipes the result.
   *
   * @throws KeyFileException if the passphrase is wrong or any byte was changed
   */
  static byte[] open(String name, byte[] prefix, byte[] sealed, char[] passphrase)
      throws KeyFileException {
    if (sealed.length < HEADER_BYTES + TAG_BYTES) {
      throw new KeyFileException(Reason.MALFORMED, name + ": cut");
    }
    byte[] header = Arrays.copyOf(sealed, HEADER_BYTES);
    requireBounded(name, ByteBuffer.wrap(header));
    GCMModeCipher cipher = cipher(false, prefix, header, passphrase);
    int length = sealed.length - HEADER_BYTES;
    byte[] secret = new byte[length - TAG_BYTES];
    try {
      int written = cipher.processBytes(sealed, HEADER_BYTES, length, secret, 0);
      cipher.doFinal(secret, written);
      return secret;
    } catch (InvalidCipherTextException e) {
      Arrays.fill(secret, (byte) 0);
      throw new KeyFileException(
          Reason.WRONG_PASSPHRASE, name + ": wrong passphrase, or the file was changed");
    }
  }

  private static void requireBounded(String name, ByteBuffer header) throws KeyFileException {
    int memory = header.getInt();
    int passes = header.getInt();
    int lanes = header.getInt();
    boolean bounded =
        lanes >= 1
            && lanes <= MAX_LANES
            && passes >= 1
            && passes <= MAX_PASSES
            && memory >= 8 * lanes
            && memory <= MAX_MEMORY_KIB;
    if (!bounded) {
      throw new KeyFileException(
          Reason.MALFORMED, name + ": asks for more work than any key of Silenda's does");
    }
  }

  private static GCMModeCipher cipher(
      boolean sealing, byte[] prefix, byte[] header, char[] passphrase) {
    ByteBuffer fields = ByteBuffer.wrap(header);
    Argon2Parameters.Builder parameters =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(fields.getInt())
            .withIterations(fields.getInt())
            .withParallelism(fields.getInt())
            .withSalt(Arrays.copyOfRange(header, 12, 12 + SALT_BYTES));
    byte[] key = derive(parameters.build(), passphrase);
    byte[] nonce = Arrays.copyOfRange(header, 12 + SALT_BYTES, HEADER_BYTES);
    byte[] authenticated = Arrays.copyOf(prefix, prefix.length + HEADER_BYTES);
    System.arraycopy(header, 0, authenticated, prefix.length, HEADER_BYTES);
    GCMModeCipher cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
    cipher.init(
        sealing, new AEADParameters(new KeyParameter(key), 8 * TAG_BYTES, nonce, authenticated));
    Arrays.fill(key, (byte) 0);
    return cipher;
  }

  private static byte[] derive(Argon2Parameters parameters, char[] passphrase) {
    byte[] password = Strings.toUTF8ByteArray(passphrase);
    byte[] key = new byte[KEY_BYTES];
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(parameters);
    generator.generateBytes(password, key);
    Arrays.fill(password, (byte) 0);
    return key;
  }
}
