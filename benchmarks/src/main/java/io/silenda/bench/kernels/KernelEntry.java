package io.silenda.bench.kernels;

import io.silenda.bench.measure.Comparison;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One measured operation.
 *
 * @param operation what was done
 * @param parameters in which ring, at which sizes
 * @param comparison SEAL's durations and ours
 * @param limit what the machine would allow; empty where the work was not counted
 */
public record KernelEntry(
    String operation,
    Map<String, Object> parameters,
    Comparison comparison,
    Optional<Limit> limit) {

  /** Such as {@code rotation (degree 8192, data primes 5, keys cold)}, without byte counts. */
  public String title() {
    String text =
        parameters.entrySet().stream()
            .filter(each -> !each.getKey().contains("bytes"))
            .map(each -> each.getKey().replace('_', ' ') + " " + each.getValue())
            .collect(Collectors.joining(", "));
    return operation.replace('_', ' ') + " (" + text + ")";
  }

  /** Median of the ratio of SEAL's duration to ours. */
  public double ratio() {
    return comparison.ratios().median();
  }

  /** The part of the possible speed that is reached; 1 would be the limit itself. */
  public Optional<Double> shareOfLimit() {
    return limit.map(each -> each.nanos() / comparison.own().median());
  }
}
