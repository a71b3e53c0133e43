package io.silenda.bench.compare;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Wilcoxon's rank-sum test, one-sided: whether one sample tends to lie below another. A permutation
 * test, so that it assumes nothing of how the values are distributed; exact for small samples, ties
 * included, and by the normal approximation with tie correction for large ones.
 */
final class RankSumTest {
  private static final int LARGEST_EXACT = 60;

  private RankSumTest() {}

  /**
   * Probability that a random split of the values gives the first sample ranks as low as it has.
   *
   * @param low what may lie below
   * @param high what it may lie below of
   */
  static double pValue(double[] low, double[] high) {
    double[] all = new double[low.length + high.length];
    System.arraycopy(low, 0, all, 0, low.length);
    System.arraycopy(high, 0, all, low.length, high.length);
    int[] doubledRanks = doubledRanks(all);
    int sum = 0;
    for (int i = 0; i < low.length; i++) {
      sum += doubledRanks[i];
    }
    return all.length <= LARGEST_EXACT
        ? exact(doubledRanks, low.length, sum)
        : approximate(doubledRanks, low.length, sum);
  }

  /** Twice the ranks, so that the mean ranks of ties are whole numbers. */
  private static int[] doubledRanks(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int[] ranks = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      int first = 0;
      while (sorted[first] < values[i]) {
        first++;
      }
      int last = first;
      while (last + 1 < sorted.length && sorted[last + 1] == values[i]) {
        last++;
      }
      ranks[i] = first + last + 2;
    }
    return ranks;
  }

  /** Counts the subsets of the same size with a rank sum as low, among all of them. */
  private static double exact(int[] ranks, int size, int sum) {
    int total = Arrays.stream(ranks).sum();
    double[][] subsets = new double[size + 1][total + 1];
    subsets[0][0] = 1;
    for (int rank : ranks) {
      for (int count = size; count >= 1; count--) {
        for (int at = total; at >= rank; at--) {
          subsets[count][at] += subsets[count - 1][at - rank];
        }
      }
    }
    double below = 0;
    for (int at = 0; at <= sum; at++) {
      below += subsets[size][at];
    }
    return below / Arrays.stream(subsets[size]).sum();
  }

  private static double approximate(int[] ranks, int size, int sum) {
    int count = ranks.length;
    double mean = Arrays.stream(ranks).average().orElseThrow();
    double squares = 0;
    for (int rank : ranks) {
      squares += (rank - mean) * (rank - mean);
    }
    double variance = squares * size * (count - size) / ((double) count * (count - 1));
    // Doubled ranks step by two: half a step of continuity correction is one.
    double distance = sum + 1 - size * mean;
    return variance == 0
        ? 1
        : new NormalDistribution().cumulativeProbability(distance / Math.sqrt(variance));
  }
}
