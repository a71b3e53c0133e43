package io.silenda.bench.report;

import io.silenda.bench.chart.OverheadCharts;
import io.silenda.bench.chart.Picture;
import io.silenda.bench.overhead.OverheadRun;
import io.silenda.infer.files.AtomicFile;
import io.silenda.infer.files.AtomicFile.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
    List<Picture> pictures = OverheadCharts.of(run);
    write(folder.resolve("overhead.html"), OverheadHtml.page(run, pictures));
    for (Picture picture : pictures) {
      for (String kind : List.of("svg", "png")) {
        write(folder.resolve(picture.name() + "." + kind), picture.encoded(kind));
      }
    }
    write(folder.resolve("overhead.md"), OverheadMarkdown.of(run) + "\n");
  }

  private static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    AtomicFile.write(file, Access.SHARED, out -> out.write(bytes));
  }
}
