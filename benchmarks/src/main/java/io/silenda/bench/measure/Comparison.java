package io.silenda.bench.measure;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Two implementations measured in turns, so that whatever slows the machine down slows both.
 *
 * @param baseline the reference's durations
 * @param own ours, the same number
 * @param blockRounds how many of them, in order, were taken one right after the other: blocks lie
 *     apart, rounds of one block share whatever disturbed it
 */
public record Comparison(Samples baseline, Samples own, List<Integer> blockRounds) {
  /**
   * Copies and checks.
   *
   * @throws IllegalArgumentException if the numbers of samples differ, or blocks have another
   *     number of them
   */
  public Comparison {
    blockRounds = List.copyOf(blockRounds);
    int rounds = own.nanos().size();
    if (baseline.nanos().size() != rounds) {
      throw new IllegalArgumentException("baseline and own have different numbers of samples");
    }
    if (blockRounds.stream().mapToInt(Integer::intValue).sum() != rounds) {
      throw new IllegalArgumentException(
          "blockRounds " + blockRounds + " do not make " + rounds + " rounds");
    }
  }

  /** Rounds that all lay apart. */
  public Comparison(Samples baseline, Samples own) {
    this(baseline, own, own.nanos().stream().map(each -> 1).toList());
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
