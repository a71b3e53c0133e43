package io.silenda.bench.backend;

import io.silenda.infer.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One request and its answer.
 *
 * @param core the answer before the client's tail, one row for each row asked; of a backend that
 *     gives none, the output
 * @param output the model's first output; of a backend that compares nothing with it, the core
 * @param phaseNanos what the time went to, in order; together the whole request
 * @param requestBytes what the client sends
 * @param responseBytes what it gets back
 */
public record Exchange(
    Tensor core,
    Tensor output,
    Map<String, Double> phaseNanos,
    long requestBytes,
    long responseBytes) {

  /** Copies the map, in its order. */
  public Exchange {
    phaseNanos = Collections.unmodifiableMap(new LinkedHashMap<>(phaseNanos));
  }

  /** An exchange that gives one tensor only. */
  static Exchange of(
      Tensor answer, Map<String, Double> phaseNanos, long requestBytes, long responseBytes) {
    return new Exchange(answer, answer, phaseNanos, requestBytes, responseBytes);
  }

  /** All phases together. */
  public double nanos() {
    return phaseNanos.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
