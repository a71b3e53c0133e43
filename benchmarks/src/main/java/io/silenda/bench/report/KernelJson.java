package io.silenda.bench.report;

import io.silenda.bench.kernels.KernelEntry;
import io.silenda.bench.kernels.KernelReport;
import io.silenda.bench.kernels.Limit;
import io.silenda.bench.machine.MachineLimits;
import io.silenda.bench.measure.SampleSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** A report as one JSON object; {@link BenchFormat} says what it shares with other suites. */
public final class KernelJson {
  private KernelJson() {}

  /** The report on one line. */
  public static String line(KernelReport report) {
    return BenchFormat.line(tree(report));
  }

  /** The report as maps, lists, strings and numbers. */
  public static Map<String, Object> tree(KernelReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", BenchFormat.SCHEMA);
    json.put("version", BenchFormat.VERSION);
    json.put("suite", "kernels");
    json.put("taken", report.taken().toString());
    json.put("quick", report.quick());
    json.put("machine", report.machine());
    json.put("limits", limits(report.limits()));
    json.put("entries", report.entries().stream().map(each -> entry(report, each)).toList());
    return json;
  }

  private static Map<String, Object> limits(MachineLimits limits) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("memory_bytes_per_second", limits.memoryBytesPerSecond());
    json.put("stream_bytes", limits.streamBytes());
    json.put("multiplies_per_second", limits.multipliesPerSecond());
    return json;
  }

  private static Map<String, Object> entry(KernelReport report, KernelEntry entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("operation", entry.operation());
    json.put("parameters", entry.parameters());
    json.put("baseline", "SEAL");
    json.put("baseline_nanos", SampleSet.of(entry.comparison().baseline()));
    json.put("nanos", SampleSet.of(entry.comparison().own()));
    json.put("ratio", SampleSet.of(entry.comparison().ratios()));
    json.put("block_rounds", entry.comparison().blockRounds());
    json.put("noisy", entry.comparison().isNoisy());
    report.sealRotations(entry).ifPresent(value -> json.put("seal_rotations", value));
    entry.limit().ifPresent(limit -> json.put("limit", limit(entry, limit)));
    return json;
  }

  private static Map<String, Object> limit(KernelEntry entry, Limit limit) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("bytes", limit.work().bytes());
    json.put("multiplications", limit.work().multiplications());
    json.put("memory_nanos", limit.memoryNanos());
    json.put("arithmetic_nanos", limit.arithmeticNanos());
    json.put("bound_by", limit.boundBy());
    entry.shareOfLimit().ifPresent(share -> json.put("share", share));
    return json;
  }
}
