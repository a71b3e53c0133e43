package io.silenda.infer.enclave.owner;

import io.silenda.attest.sealed.ModelKey;
import io.silenda.infer.keys.KeyFileException;
import io.silenda.infer.keys.SecretKeyFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The file of a model key: a {@link SecretKeyFile} (mode 0600, under a passphrase where wanted) of
 * {@code SILMODEL} and the key's 32 bytes.
 */
public final class ModelKeyFile {
  private static final byte[] LABEL = "SILMODEL".getBytes(StandardCharsets.US_ASCII);

  private ModelKeyFile() {}

  /**
   * Writes a key. Neither it nor the passphrase is changed; the caller wipes them.
   *
   * @throws IOException if the file cannot be written
   */
  public static void write(Path file, ModelKey key, Optional<char[]> passphrase)
      throws IOException {
    byte[] secret = key.copySecret();
    byte[] content =
        ByteBuffer.allocate(LABEL.length + secret.length).put(LABEL).put(secret).array();
    try {
      SecretKeyFile.write(file, content, passphrase);
    } finally {
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(content, (byte) 0);
    }
  }

  /**
   * Reads a key; the caller closes it.
   *
   * @param passphrase asked only if the key is protected; its array is wiped
   * @throws KeyFileException if the file is not one of a model key, others may read it, or the
   *     passphrase is missing or wrong
   */
  public static ModelKey read(Path file, Supplier<Optional<char[]>> passphrase)
      throws KeyFileException {
    byte[] content = SecretKeyFile.read(file, passphrase);
    try {
      int size = LABEL.length + ModelKey.SIZE_BYTES;
      if (content.length != size
          || !Arrays.equals(content, 0, LABEL.length, LABEL, 0, LABEL.length)) {
        throw new KeyFileException(
            KeyFileException.Reason.NOT_A_KEY_FILE,
            file.getFileName() + ": not the key of a sealed model");
      }
      byte[] secret = Arrays.copyOfRange(content, LABEL.length, size);
      try {
        return ModelKey.of(secret);
      } finally {
        Arrays.fill(secret, (byte) 0);
      }
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }
}
