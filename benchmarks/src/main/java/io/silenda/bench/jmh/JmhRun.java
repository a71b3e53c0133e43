package io.silenda.bench.jmh;

import io.silenda.bench.machine.Machine;
import io.silenda.bench.report.BenchFormat;
import java.time.Instant;
import java.util.List;

/**
 * A run of JMH benchmarks, member by member as it is stored.
 *
 * @param schema name of the schema
 * @param version of the schema
 * @param suite always {@code jmh}
 * @param taken when
 * @param machine on what
 * @param entries benchmarks
 */
public record JmhRun(
    String schema,
    int version,
    String suite,
    String taken,
    Machine machine,
    List<JmhEntry> entries) {

  /** Copies the list. */
  public JmhRun {
    entries = List.copyOf(entries);
  }

  static JmhRun of(Instant taken, Machine machine, List<JmhEntry> entries) {
    return new JmhRun(
        BenchFormat.SCHEMA, BenchFormat.VERSION, "jmh", taken.toString(), machine, entries);
  }
}
