package io.silenda.bench.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.silenda.bench.report.BenchFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * What the gate reads of a stored run.
 *
 * @param suite which suite
 * @param quick whether rounds were few
 * @param machine what it was taken on, for people
 * @param ratios for each operation, how many times as fast as the baseline it was, block by block
 */
public record StoredRun(String suite, boolean quick, String machine, Map<String, double[]> ratios) {

  /** Copies the map, in its order. */
  public StoredRun {
    ratios = new LinkedHashMap<>(ratios);
  }

  /**
   * Reads a run of any suite.
   *
   * @throws IOException if the file cannot be read, or holds no run
   */
  public static StoredRun read(Path file) throws IOException {
    JsonNode run = BenchFormat.read(file);
    JsonNode machine = run.path("machine");
    Map<String, double[]> ratios = new LinkedHashMap<>();
    for (String list : List.of("entries", "steps")) {
      for (JsonNode entry : run.path(list)) {
        ratios.put(title(entry), blocks(file, entry));
      }
    }
    return new StoredRun(
        run.path("suite").asText(),
        run.path("quick").asBoolean(),
        machine.path("cpu").asText() + ", kernels " + machine.path("kernels").asText(),
        ratios);
  }

  /**
   * Operation and parameters, less counts of bytes, which may change without a change of meaning.
   */
  private static String title(JsonNode entry) {
    Map<String, String> parameters = new TreeMap<>();
    entry
        .path("parameters")
        .properties()
        .forEach(
            each -> {
              if (!each.getKey().contains("bytes")) {
                parameters.put(each.getKey(), each.getValue().asText());
              }
            });
    return entry.path("operation").asText() + " " + parameters;
  }

  /** The median ratio of each block. Where a suite has no blocks, its rounds lie apart. */
  private static double[] blocks(Path file, JsonNode entry) throws IOException {
    double[] rounds = samples(file, entry);
    JsonNode lengths = entry.path("block_rounds");
    if (lengths.isMissingNode()) {
      return rounds;
    }
    double[] medians = new double[lengths.size()];
    int from = 0;
    for (int i = 0; i < medians.length; i++) {
      int length = lengths.get(i).asInt();
      if (length < 1 || length > rounds.length - from) {
        throw new IOException(file + ": " + title(entry) + " has blocks without rounds");
      }
      medians[i] = new Median().evaluate(rounds, from, length);
      from += length;
    }
    return medians;
  }

  private static double[] samples(Path file, JsonNode entry) throws IOException {
    JsonNode samples = entry.path("ratio").path("samples");
    double[] values = new double[samples.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = samples.get(i).asDouble();
      if (!(values[i] > 0)) {
        throw new IOException(file + ": " + title(entry) + " has a ratio that is not positive");
      }
    }
    return values;
  }
}
