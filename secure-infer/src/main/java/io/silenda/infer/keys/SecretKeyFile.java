package io.silenda.infer.keys;

import io.silenda.infer.files.AtomicFile;
import io.silenda.infer.files.AtomicFile.Access;
import io.silenda.infer.keys.KeyFileException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The file of a secret key: magic (8 bytes), version (2), protection (2), then the key's bytes, as
 * they are or in a {@link PassphraseBox}. Mode 0600.
 */
public final class SecretKeyFile {
  private static final byte[] MAGIC = "SILENDAK".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int PLAIN = 0;
  private static final int PASSPHRASE = 1;
  private static final int PREFIX_BYTES = 12;

  /** Two bits for each coefficient of the largest ring are 16 KiB. */
  private static final int MAX_BYTES = 1 << 16;

  private SecretKeyFile() {}

  /**
   * Writes a key. Neither the key's bytes nor the passphrase are changed; the caller wipes them.
   *
   * @throws IOException if the file cannot be written
   */
  public static void write(Path file, byte[] key, Optional<char[]> passphrase) throws IOException {
    byte[] prefix = prefix(passphrase.isPresent() ? PASSPHRASE : PLAIN);
    byte[] body =
        passphrase.isPresent() ? PassphraseBox.seal(prefix, key, passphrase.get()) : key.clone();
    try {
      AtomicFile.write(
          file,
          Access.OWNER_ONLY,
          out -> {
            out.write(prefix);
            out.write(body);
          });
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  /**
   * Reads a key's bytes; the caller wipes them.
   *
   * @param passphrase asked only if the key is protected; its array is wiped
   * @throws KeyFileException if the file is no key file, others may read it, or the passphrase is
   *     missing or wrong
   */
  public static byte[] read(Path file, Supplier<Optional<char[]>> passphrase)
      throws KeyFileException {
    String name = String.valueOf(file.getFileName());
    byte[] bytes = bytes(file, name);
    try {
      byte[] prefix = Arrays.copyOf(bytes, PREFIX_BYTES);
      byte[] body = Arrays.copyOfRange(bytes, PREFIX_BYTES, bytes.length);
      if (protection(name, prefix) == PLAIN) {
        return body;
      }
      char[] given =
          passphrase
              .get()
              .orElseThrow(
                  () ->
                      new KeyFileException(
                          Reason.PASSPHRASE_NEEDED,
                          name + ": the key is protected: give its passphrase"));
      try {
        return PassphraseBox.open(name, prefix, body, given);
      } finally {
        Arrays.fill(given, '\0');
      }
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static byte[] prefix(int protection) {
    return ByteBuffer.allocate(PREFIX_BYTES)
        .put(MAGIC)
        .putShort((short) VERSION)
        .putShort((short) protection)
        .array();
  }

  private static byte[] bytes(Path file, String name) throws KeyFileException {
    if (!Files.isRegularFile(file)) {
      throw new KeyFileException(Reason.UNREADABLE, file + ": no such file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      requireOwnerOnly(file, name);
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES || bytes.length < PREFIX_BYTES) {
        throw new KeyFileException(
            bytes.length < PREFIX_BYTES ? Reason.NOT_A_KEY_FILE : Reason.MALFORMED,
            name + ": not a secret key file of Silenda's");
      }
      return bytes;
    } catch (IOException e) {
      throw new KeyFileException(Reason.UNREADABLE, name + ": cannot be read: " + e.getMessage());
    }
  }

  /** As ssh does: a secret that others can read is refused, so that it gets noticed. */
  private static void requireOwnerOnly(Path file, String name)
      throws IOException, KeyFileException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    boolean others = permissions.stream().anyMatch(each -> !each.name().startsWith("OWNER_"));
    if (others) {
      throw new KeyFileException(
          Reason.READABLE_BY_OTHERS, name + ": others may read this key: chmod 600 it");
    }
  }

  private static int protection(String name, byte[] prefix) throws KeyFileException {
    ByteBuffer fields = ByteBuffer.wrap(prefix).position(MAGIC.length);
    int version = Short.toUnsignedInt(fields.getShort());
    int protection = Short.toUnsignedInt(fields.getShort());
    if (!Arrays.equals(prefix, 0, MAGIC.length, MAGIC, 0, MAGIC.length) || version == 0) {
      throw new KeyFileException(
          Reason.NOT_A_KEY_FILE, name + ": not a secret key file of Silenda's");
    }
    if (version > VERSION) {
      throw new KeyFileException(
          Reason.NEWER_VERSION,
          name + ": version " + version + " is newer than this Silenda: update it");
    }
    if (protection > PASSPHRASE) {
      throw new KeyFileException(
          Reason.MALFORMED, name + ": protection " + protection + " is unknown");
    }
    return protection;
  }
}
