package io.silenda.bench.report;

import io.silenda.bench.chart.Picture;
import io.silenda.bench.chart.TrainingCharts;
import io.silenda.bench.training.TrainingCosts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes a run of the training suite into a folder. */
public final class TrainingFiles {
  private TrainingFiles() {}

  /**
   * Writes {@code training.json}, {@code training.html}, {@code training.md} and the charts, and
   * makes the folder where there is none.
   *
   * @throws IOException if a file cannot be written
   */
  public static void write(TrainingCosts run, Path folder) throws IOException {
    List<Picture> pictures = TrainingCharts.of(run);
    RunFolder.write(
        folder,
        "training",
        BenchFormat.line(run),
        OverheadHtml.training(run, pictures),
        TrainingMarkdown.of(run),
        pictures);
  }
}
