package io.silenda.bench.measure;

import java.util.List;

/**
 * Durations of one operation, in the order in which they were taken.
 *
 * @param nanos nanoseconds an operation, at least one
 */
public record Samples(List<Double> nanos) {
  /** Fewer say nothing about the spread. */
  private static final int FEWEST = 3;

  private static final double NOISY_SPREAD = 0.15;

  /**
   * Copies.
   *
   * @throws IllegalArgumentException if there is no sample
   */
  public Samples {
    if (nanos.isEmpty()) {
      throw new IllegalArgumentException("nanos is empty");
    }
    nanos = List.copyOf(nanos);
  }

  /** The middle one. */
  public double median() {
    return quantile(0.5);
  }

  /** The distance of the quartiles, as a part of the median. */
  public double spread() {
    return (quantile(0.75) - quantile(0.25)) / median();
  }

  /** Whether the quartiles are further apart than 15 % of the median, or samples are few. */
  public boolean isNoisy() {
    return nanos.size() < FEWEST || spread() > NOISY_SPREAD;
  }

  /**
   * A quantile, interpolated between neighbours.
   *
   * @param order 0 for the smallest, 1 for the largest
   */
  public double quantile(double order) {
    List<Double> sorted = nanos.stream().sorted().toList();
    double position = order * (sorted.size() - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.size() - 1);
    return sorted.get(below) + (position - below) * (sorted.get(above) - sorted.get(below));
  }
}
