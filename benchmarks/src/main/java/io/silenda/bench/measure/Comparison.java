package io.silenda.bench.measure;

import java.util.stream.IntStream;

/**
 * Two implementations measured in turns, so that whatever slows the machine down slows both.
 *
 * @param baseline the reference's durations
 * @param own ours, the same number
 */
public record Comparison(Samples baseline, Samples own) {
  /**
   * Checks.
   *
   * @throws IllegalArgumentException if the numbers of samples differ
   */
  public Comparison {
    if (baseline.nanos().size() != own.nanos().size()) {
      throw new IllegalArgumentException("baseline and own have different numbers of samples");
    }
  }

  /** How many times as fast ours is, one value a round. */
  public Samples ratios() {
    return new Samples(
        IntStream.range(0, own.nanos().size())
            .mapToObj(i -> baseline.nanos().get(i) / own.nanos().get(i))
            .toList());
  }

  /** Whether the quartiles of the ratio are further apart than 15 % of it, or rounds were few. */
  public boolean isNoisy() {
    return ratios().isNoisy();
  }
}
