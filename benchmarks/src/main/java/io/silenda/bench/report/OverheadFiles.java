package io.silenda.bench.report;

import io.silenda.bench.chart.OverheadCharts;
import io.silenda.bench.chart.Picture;
import io.silenda.bench.overhead.OverheadRun;
import java.io.IOException;
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
    List<Picture> pictures = OverheadCharts.of(run);
    RunFolder.write(
        folder,
        "overhead",
        BenchFormat.line(run),
        OverheadHtml.page(run, pictures),
        OverheadMarkdown.of(run),
        pictures);
  }
}
