package io.silenda.dp.run;

import io.silenda.dp.job.JobException;
import io.silenda.dp.job.JobException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/** Where a job's files go. Each appears complete or not at all. */
final class OutputFolder {
  private final Path folder;

  private OutputFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder and tries to write into it, before anything is spent.
   *
   * @throws JobException if that fails
   */
  static OutputFolder open(Path folder) throws JobException {
    OutputFolder output = new OutputFolder(folder);
    try {
      Files.createDirectories(folder);
      output.write(".probe", new byte[1]);
      Files.delete(folder.resolve(".probe"));
      return output;
    } catch (IOException e) {
      throw new JobException(
          Reason.OUTPUT, folder + ": cannot be written (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Writes a file for its owner alone: what is published is published on purpose. */
  void write(String name, byte[] content) throws IOException {
    Path partial = folder.resolve("." + name + "." + UUID.randomUUID());
    try {
      try (FileChannel channel =
          FileChannel.open(
              partial,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      Files.move(
          partial,
          folder.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
