package io.silenda.infer.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes a file so that it appears complete or not at all: beside its place, forced to the disk,
 * then moved. What an interrupt of the process leaves is removed as the process ends.
 */
public final class AtomicFile {
  private static final int BUFFER_BYTES = 1 << 16;

  private static final Set<Path> PARTIAL = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(AtomicFile::removePartial, "partial-files"));
  }

  private AtomicFile() {}

  /** Who may read the file. */
  public enum Access {
    /** Whoever the process's umask lets. */
    SHARED,
    /** Its owner alone (mode 0600), from its first byte on. */
    OWNER_ONLY
  }

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; does not close the stream. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes or replaces a file.
   *
   * @throws IOException if it cannot be written; then the old file, if any, is as it was
   */
  public static void write(Path file, Access access, Content content) throws IOException {
    Path target = target(file);
    Path partial = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    PARTIAL.add(partial);
    try {
      writeNew(partial, file, access, content);
      Files.move(
          partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (FileSystemException e) {
      throw named(e, partial, file);
    } finally {
      Files.deleteIfExists(partial);
      PARTIAL.remove(partial);
    }
  }

  /** Where a link leads, so that the link stays; what is no regular file is not replaced. */
  private static Path target(Path file) throws IOException {
    if (!Files.exists(file)) {
      return file.toAbsolutePath();
    }
    Path real = file.toRealPath();
    if (!Files.isRegularFile(real)) {
      throw new IOException(file + ": not a regular file, so it is not replaced");
    }
    return real;
  }

  /** Speaks of the file that was asked for, not of the partial one. */
  private static IOException named(FileSystemException failure, Path partial, Path file) {
    boolean ours = partial.toString().equals(failure.getFile());
    if (ours && failure instanceof NoSuchFileException) {
      return new IOException(file + ": cannot be written: there is no such folder", failure);
    }
    if (ours && failure instanceof AccessDeniedException) {
      return new IOException(file + ": cannot be written: permission denied", failure);
    }
    return ours
        ? new IOException(file + ": cannot be written: " + failure.getReason(), failure)
        : failure;
  }

  private static void writeNew(Path partial, Path file, Access access, Content content)
      throws IOException {
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(partial, options, attributes(access))) {
      OutputStream out =
          new NamedOutput(
              new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES), file);
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  private static FileAttribute<?>[] attributes(Access access) {
    return access == Access.SHARED
        ? new FileAttribute<?>[0]
        : new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
  }

  private static void removePartial() {
    for (Path partial : PARTIAL) {
      try {
        Files.deleteIfExists(partial);
      } catch (IOException e) {
        // The process is ending; the file has a name that says what it is.
      }
    }
  }
}
