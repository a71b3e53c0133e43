package io.silenda.cli;

import io.silenda.infer.CompilationReport;
import io.silenda.infer.InferenceReport;
import io.silenda.infer.files.AtomicFile;
import io.silenda.infer.files.AtomicFile.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code report.json} and {@code report.html} in a folder. */
final class CompilationFiles {
  private CompilationFiles() {}

  /**
   * Writes both, whole or not at all.
   *
   * @param measured a run of what was compiled
   */
  static void write(Path folder, CompilationReport report, Optional<InferenceReport> measured)
      throws IOException {
    Files.createDirectories(folder);
    write(
        folder.resolve("report.json"),
        Json.line(
                measured
                    .map(run -> Json.compilation(report, run))
                    .orElseGet(() -> Json.compilation(report)))
            + "\n");
    write(folder.resolve("report.html"), CompilationHtml.page(report, measured));
  }

  private static void write(Path file, String text) throws IOException {
    AtomicFile.write(file, Access.SHARED, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
