package io.silenda.bench.report;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Stored runs. All suites share {@code schema}, {@code version}, {@code suite}, {@code taken},
 * {@code quick}, {@code machine} and {@code entries}; an entry has {@code operation}, {@code
 * parameters} and {@code ratio}, with all its samples: how many times as fast as the baseline that
 * ran in turns with it; where some were taken right after each other, {@code block_rounds} counts
 * them, block by block. The version grows when a member changes its meaning or goes away. Durations
 * are nanoseconds, sizes bytes.
 */
public final class BenchFormat {
  /** Name of the schema. */
  public static final String SCHEMA = "silenda-bench";

  /** Its version. */
  public static final int VERSION = 1;

  private static final ObjectMapper MAPPER =
      new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  static {
    // Lists that came later are empty in older runs.
    MAPPER.configOverride(List.class).setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
  }

  private BenchFormat() {}

  /** A run on one line: a map, or a record of its members. */
  public static String line(Object run) {
    try {
      return MAPPER.writeValueAsString(run);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("run has no JSON form", e);
    }
  }

  /**
   * Reads a file of another kind in the same notation.
   *
   * @throws IOException if the file cannot be read, or holds something else
   */
  public static <T> T value(Path file, Class<T> type) throws IOException {
    return value(Files.readString(file), type);
  }

  /**
   * Reads a text in the same notation.
   *
   * @throws IOException if it is something else
   */
  public static <T> T value(String text, Class<T> type) throws IOException {
    return MAPPER.readValue(text, type);
  }

  /**
   * Reads a run of any suite.
   *
   * @throws IOException if the file cannot be read, or holds no run of this version
   */
  public static JsonNode read(Path file) throws IOException {
    JsonNode run;
    try {
      run = MAPPER.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw new IOException(file + ": no JSON: " + e.getOriginalMessage(), e);
    }
    if (!run.path("schema").asText().equals(SCHEMA) || run.path("version").asInt() != VERSION) {
      throw new IOException(file + ": no run of schema " + SCHEMA + ", version " + VERSION);
    }
    return run;
  }

  /**
   * Reads a run of a suite into its record.
   *
   * @throws IOException if the file cannot be read, or holds something else
   */
  public static <T> T read(Path file, String suite, Class<T> type) throws IOException {
    JsonNode run = read(file);
    if (!run.path("suite").asText().equals(suite)) {
      throw new IOException(file + ": a run of " + run.path("suite").asText() + ", not " + suite);
    }
    try {
      return MAPPER.treeToValue(run, type);
    } catch (JsonProcessingException e) {
      throw new IOException(file + ": " + e.getOriginalMessage(), e);
    }
  }
}
