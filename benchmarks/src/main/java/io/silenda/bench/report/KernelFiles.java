package io.silenda.bench.report;

import io.silenda.bench.kernels.KernelReport;
import io.silenda.infer.files.AtomicFile;
import io.silenda.infer.files.AtomicFile.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a report into a folder. */
public final class KernelFiles {
  private KernelFiles() {}

  /**
   * Writes {@code kernels.json} and {@code kernels.html}, and makes the folder where there is none.
   *
   * @throws IOException if a file cannot be written
   */
  public static void write(KernelReport report, Path folder) throws IOException {
    Files.createDirectories(folder);
    write(folder.resolve("kernels.json"), KernelJson.line(report) + "\n");
    write(folder.resolve("kernels.html"), KernelHtml.page(report));
  }

  private static void write(Path file, String text) throws IOException {
    AtomicFile.write(file, Access.SHARED, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
