package io.silenda.dp.run;

import io.silenda.dp.job.JobException;
import io.silenda.dp.job.JobException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a job's files go. Each appears complete or not at all. */
final class OutputFolder {
  private final Path folder;

  private OutputFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder and tries to write into it, before anything is spent. Takes away what runs
   * that were killed left half written.
   *
   * @throws JobException if that fails
   */
  static OutputFolder open(Path folder) throws JobException {
    OutputFolder output = new OutputFolder(folder);
    try {
      Files.createDirectories(folder);
      output.write(".probe", new byte[1]);
      Files.delete(folder.resolve(".probe"));
      PartialFile.sweep(folder);
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
    try (PartialFile partial = PartialFile.create(folder, name)) {
      partial.write(content);
      partial.moveTo(folder.resolve(name));
    }
  }
}
