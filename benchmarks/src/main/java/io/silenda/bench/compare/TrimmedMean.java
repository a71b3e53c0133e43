package io.silenda.bench.compare;

import java.util.Arrays;

/**
 * Mean of values without the fifth at either end, which a few disturbed values do not move, and its
 * standard error from the winsorized variance: Tukey and McLaughlin, Sankhya A 25, 1963.
 *
 * @param mean of what is left
 * @param squaredError estimated variance of that mean
 * @param degreesOfFreedom of that estimate
 */
record TrimmedMean(double mean, double squaredError, int degreesOfFreedom) {
  /** Fewer leave no degree of freedom to speak of. */
  static final int FEWEST = 5;

  private static final double TRIMMED = 0.2;

  /**
   * Of values.
   *
   * @throws IllegalArgumentException if there are fewer than five
   */
  static TrimmedMean of(double[] values) {
    int count = values.length;
    if (count < FEWEST) {
      throw new IllegalArgumentException("values: " + count + " of them, fewer than " + FEWEST);
    }
    int cut = (int) (TRIMMED * count);
    int left = count - 2 * cut;
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double mean = Arrays.stream(sorted, cut, count - cut).average().orElseThrow();
    Arrays.fill(sorted, 0, cut, sorted[cut]);
    Arrays.fill(sorted, count - cut, count, sorted[count - cut - 1]);
    double winsorizedMean = Arrays.stream(sorted).average().orElseThrow();
    double squares = Arrays.stream(sorted).map(each -> Math.pow(each - winsorizedMean, 2)).sum();
    return new TrimmedMean(mean, squares / ((double) left * (left - 1)), left - 1);
  }
}
