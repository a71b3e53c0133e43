package io.silenda.bench.accuracy;

import io.silenda.bench.machine.Machine;
import io.silenda.bench.report.BenchFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * All that was trained, member by member as it is stored.
 *
 * @param schema name of the schema
 * @param version of the schema
 * @param suite always {@code accuracy}
 * @param taken when it was put together
 * @param quick always false
 * @param machine on what
 * @param plan what was asked for
 * @param entries a network each
 */
public record AccuracyRun(
    String schema,
    int version,
    String suite,
    String taken,
    boolean quick,
    Machine machine,
    AccuracyPlan plan,
    List<AccuracyResult> entries) {
  /** Copies the list. */
  public AccuracyRun {
    entries = List.copyOf(entries);
  }

  /**
   * Puts lines of {@link AccuracyBench} and of {@code benchmarks/peers/accuracy.py} together.
   *
   * @param args plan, the run's file, files of lines
   */
  public static void main(String[] args) throws IOException {
    List<AccuracyResult> results = new ArrayList<>();
    for (int i = 2; i < args.length; i++) {
      for (String line : Files.readAllLines(Path.of(args[i]))) {
        results.add(BenchFormat.value(line, AccuracyResult.class));
      }
    }
    AccuracyRun run =
        new AccuracyRun(
            BenchFormat.SCHEMA,
            BenchFormat.VERSION,
            "accuracy",
            Instant.now().toString(),
            false,
            Machine.current(),
            AccuracyPlan.read(Path.of(args[0])),
            results);
    Files.writeString(Path.of(args[1]), BenchFormat.line(run) + "\n");
  }
}
