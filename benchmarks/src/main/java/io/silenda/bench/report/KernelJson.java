package io.silenda.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.silenda.bench.kernels.KernelEntry;
import io.silenda.bench.kernels.KernelReport;
import io.silenda.bench.kernels.Limit;
import io.silenda.bench.machine.Machine;
import io.silenda.bench.machine.MachineLimits;
import io.silenda.bench.measure.Samples;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A report as one JSON object. All suites share {@code schema}, {@code version}, {@code suite},
 * {@code taken}, {@code quick}, {@code machine} and {@code entries}; the version grows when a
 * member changes its meaning or goes away. Durations are nanoseconds, sizes bytes.
 */
public final class KernelJson {
  /** Name of the schema. */
  public static final String SCHEMA = "silenda-bench";

  /** Its version. */
  public static final int VERSION = 1;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private KernelJson() {}

  /** The report on one line. */
  public static String line(KernelReport report) {
    try {
      return MAPPER.writeValueAsString(tree(report));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The report as maps, lists, strings and numbers. */
  public static Map<String, Object> tree(KernelReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", SCHEMA);
    json.put("version", VERSION);
    json.put("suite", "kernels");
    json.put("taken", report.taken().toString());
    json.put("quick", report.quick());
    json.put("machine", machine(report.machine()));
    json.put("limits", limits(report.limits()));
    json.put("entries", report.entries().stream().map(each -> entry(report, each)).toList());
    return json;
  }

  private static Map<String, Object> machine(Machine machine) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cpu", machine.cpu());
    json.put("processors", machine.processors());
    json.put("cpu_features", machine.cpuFeatures());
    json.put("kernels", machine.kernels());
    json.put("last_level_cache_bytes", machine.lastLevelCacheBytes());
    json.put("memory_bytes", machine.memoryBytes());
    json.put("operating_system", machine.operatingSystem());
    json.put("java", machine.java());
    json.put("compiler", machine.compiler());
    json.put("seal", machine.seal());
    json.put("library_version", machine.libraryVersion());
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
    json.put("baseline_nanos", samples(entry.comparison().baseline()));
    json.put("nanos", samples(entry.comparison().own()));
    json.put("ratio", samples(entry.comparison().ratios()));
    json.put("noisy", entry.comparison().isNoisy());
    report.sealRotations(entry).ifPresent(value -> json.put("seal_rotations", value));
    entry.limit().ifPresent(limit -> json.put("limit", limit(entry, limit)));
    return json;
  }

  private static Map<String, Object> samples(Samples samples) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("median", samples.median());
    json.put("quartiles", new double[] {samples.quantile(0.25), samples.quantile(0.75)});
    json.put("spread", samples.spread());
    json.put("samples", samples.nanos());
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
