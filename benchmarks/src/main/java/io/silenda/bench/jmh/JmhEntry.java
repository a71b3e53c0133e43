package io.silenda.bench.jmh;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one benchmark gave.
 *
 * @param operation class and method
 * @param parameters it was run with; of a file its name
 * @param unit of the scores, as JMH spells it
 * @param scores one an iteration, in order
 */
public record JmhEntry(
    String operation, Map<String, String> parameters, String unit, List<Double> scores) {

  /** Copies, and checks that it ran. */
  public JmhEntry {
    parameters = new TreeMap<>(parameters);
    scores = List.copyOf(scores);
    if (scores.isEmpty()) {
      throw new IllegalArgumentException(operation + " has no scores");
    }
  }
}
