package io.silenda.bench.accuracy;

import io.silenda.bench.report.BenchFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What is trained.
 *
 * @param delta of every run
 * @param trainRows rows to train on; the rest measures
 * @param cases ways to train
 */
public record AccuracyPlan(double delta, int trainRows, List<AccuracyCase> cases) {
  /** Copies the list. */
  public AccuracyPlan {
    cases = List.copyOf(cases);
  }

  static AccuracyPlan read(Path file) throws IOException {
    return BenchFormat.value(file, AccuracyPlan.class);
  }
}
