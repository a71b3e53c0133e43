package io.silenda.dp.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file on its way, under a name of its own until it is whole. Whoever writes it has it locked, so
 * that what is not locked was left by a process that is gone.
 */
final class PartialFile implements AutoCloseable {
  private static final String SUFFIX = ".silenda-partial";

  // Locks are those of a process, and end when it closes the file anywhere: so the files of this
  // one are not even opened a second time.
  private static final Set<String> OURS = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;

  private PartialFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Begins a file for its owner alone. */
  static PartialFile create(Path folder, String name) throws IOException {
    while (true) {
      Path path = folder.resolve("." + name + "." + UUID.randomUUID() + SUFFIX);
      OURS.add(path.getFileName().toString());
      PartialFile partial = new PartialFile(path, channel(path));
      // A sweep may have come between making and locking, and not since.
      if (partial.lock() && Files.exists(path)) {
        return partial;
      }
      partial.close();
    }
  }

  private static FileChannel channel(Path path) throws IOException {
    try {
      return FileChannel.open(
          path,
          Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException e) {
      OURS.remove(path.getFileName().toString());
      throw e;
    }
  }

  private boolean lock() throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  void write(byte[] content) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(content);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
    channel.force(true);
  }

  /** Gives the file its name, in one step. */
  void moveTo(Path target) throws IOException {
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Deletes the file, unless it has its name. */
  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(path);
    } finally {
      OURS.remove(path.getFileName().toString());
    }
  }

  /** Deletes the files in a folder that nobody is writing any more. */
  static void sweep(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*" + SUFFIX)) {
      for (Path file : files) {
        if (!OURS.contains(file.getFileName().toString()) && Files.isRegularFile(file)) {
          deleteUnlocked(file);
        }
      }
    }
  }

  private static void deleteUnlocked(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException | OverlappingFileLockException e) {
      // Another sweep has it, or had.
    }
  }
}
