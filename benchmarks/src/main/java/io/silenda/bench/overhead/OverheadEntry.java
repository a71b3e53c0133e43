package io.silenda.bench.overhead;

import io.silenda.bench.measure.SampleSet;
import io.silenda.infer.Guarantee;
import java.util.List;
import java.util.Map;

/**
 * One network on one backend.
 *
 * @param operation always {@code network}
 * @param parameters its {@code model} and {@code backend}
 * @param encryption parameters of encryption, for people
 * @param accuracy of all rows answered
 * @param latency of requests of one row
 * @param phases what a median request's time went to
 * @param communication bytes
 * @param energy of a request
 * @param guarantee who learns what
 * @param memory of the process
 * @param ratio how many times as fast as the baseline, one value for each round
 * @param noisy whether the ratio is too noisy to rely on
 */
public record OverheadEntry(
    String operation,
    Map<String, String> parameters,
    String encryption,
    Accuracy accuracy,
    Latency latency,
    List<Phase> phases,
    Communication communication,
    Energy energy,
    Guarantee guarantee,
    Memory memory,
    SampleSet ratio,
    boolean noisy) {

  /**
   * A part of a request.
   *
   * @param name who does what
   * @param nanos its duration
   */
  public record Phase(String name, SampleSet nanos) {}

  /** Copies. */
  public OverheadEntry {
    parameters = Map.copyOf(parameters);
    phases = List.copyOf(phases);
  }

  /** Name of the network. */
  public String model() {
    return parameters.getOrDefault("model", "");
  }

  /** Name of the backend. */
  public String backend() {
    return parameters.getOrDefault("backend", "");
  }
}
