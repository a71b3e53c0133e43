package io.silenda.bench.measure;

import java.util.List;

/**
 * Samples as a stored run has them: figures, and what they were made from.
 *
 * @param median the middle one
 * @param quartiles the lower and the upper
 * @param spread the distance of the quartiles, as a part of the median
 * @param samples in the order in which they were taken
 */
public record SampleSet(
    double median, List<Double> quartiles, double spread, List<Double> samples) {

  /** Copies the lists. */
  public SampleSet {
    quartiles = List.copyOf(quartiles);
    samples = List.copyOf(samples);
  }

  /** Figures of samples. */
  public static SampleSet of(Samples samples) {
    return new SampleSet(
        samples.median(),
        List.of(samples.quantile(0.25), samples.quantile(0.75)),
        samples.spread(),
        samples.nanos());
  }

  /** As {@link Samples#quantile}. */
  public double quantile(double order) {
    return new Samples(samples).quantile(order);
  }

  /** As {@link Samples#isNoisy}. */
  public boolean noisy() {
    return new Samples(samples).isNoisy();
  }
}
