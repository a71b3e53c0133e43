package io.silenda.bench.report;

import io.silenda.bench.overhead.OverheadRun;
import io.silenda.infer.files.AtomicFile;
import io.silenda.infer.files.AtomicFile.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a run of the overhead suite into a folder. */
public final class OverheadFiles {
  private OverheadFiles() {}

  /**
   * Writes {@code overhead.json}, {@code overhead.html}, {@code overhead.md} and the charts as
   * {@code .svg} and {@code .png}, and makes the folder where there is none.
   *
   * @throws IOException if a file cannot be written
   */
  public static void write(OverheadRun run, Path folder) throws IOException {
    Files.createDirectories(folder);
    write(folder.resolve("overhead.json"), BenchFormat.line(run) + "\n");
    write(folder.resolve("overhead.md"), OverheadMarkdown.of(run) + "\n");
  }

  private static void write(Path file, String text) throws IOException {
    AtomicFile.write(file, Access.SHARED, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
