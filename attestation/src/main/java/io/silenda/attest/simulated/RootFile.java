package io.silenda.attest.simulated;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/** The file of a simulated root: a line that says what it is, then 32 bytes of an Ed25519 key. */
final class RootFile {
  private static final byte[] HEADER =
      "SIMULATED root of Silenda, version 1\n".getBytes(StandardCharsets.US_ASCII);

  private static final int KEY_BYTES = Ed25519PrivateKeyParameters.KEY_SIZE;
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  private RootFile() {}

  static byte[] loadOrCreate(Path file) throws IOException {
    if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      create(file.toAbsolutePath());
    }
    return load(file);
  }

  /** A link appears whole or not at all, and never replaces a file. */
  private static void create(Path file) throws IOException {
    Path folder = file.getParent();
    Files.createDirectories(folder);
    Path draft =
        Files.createTempFile(folder, ".root", ".new", PosixFilePermissions.asFileAttribute(OWNER));
    byte[] content = Arrays.copyOf(HEADER, HEADER.length + KEY_BYTES);
    byte[] seed = new byte[KEY_BYTES];
    try {
      new SecureRandom().nextBytes(seed);
      System.arraycopy(seed, 0, content, HEADER.length, KEY_BYTES);
      write(draft, content);
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Another process made it first: its key counts.
    } finally {
      Arrays.fill(seed, (byte) 0);
      Arrays.fill(content, (byte) 0);
      Files.delete(draft);
    }
  }

  private static void write(Path draft, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static byte[] load(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(file + ": no regular file");
    }
    Set<PosixFilePermission> others =
        EnumSet.copyOf(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
    others.removeAll(OWNER);
    if (!others.isEmpty()) {
      throw new IOException(file + ": a secret that others may use, must have mode 0600");
    }
    byte[] content = readBounded(file);
    try {
      if (content.length != HEADER.length + KEY_BYTES
          || !Arrays.equals(content, 0, HEADER.length, HEADER, 0, HEADER.length)) {
        throw new IOException(file + ": no SIMULATED root");
      }
      return Arrays.copyOfRange(content, HEADER.length, content.length);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private static byte[] readBounded(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return in.readNBytes(HEADER.length + KEY_BYTES + 1);
    }
  }
}
