package io.silenda.attest.batch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads evidence, policies and proofs: files of a size that any of them can have. */
public final class BoundedFile {
  private static final int MAX_BYTES = 16 << 20;

  private BoundedFile() {}

  /**
   * The bytes of a regular file.
   *
   * @throws IOException where it is none, such as a pipe or a device, or has over 16 MiB
   */
  public static byte[] read(Path file) throws IOException {
    if (Files.notExists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": no regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException(file + ": larger than " + MAX_BYTES + " bytes");
      }
      return bytes;
    }
  }
}
