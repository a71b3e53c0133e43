package io.silenda.dp.audit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * Lower bound of epsilon from one run in which each canary took part by a coin of its own (Steinke,
 * Nasr, Jagielski, arXiv 2305.08846, theorem 5.2): whoever guesses the coins of an (epsilon, delta)
 * private run is right no more often than a binomial variable with success rate 1/(1 +
 * exp(-epsilon)), but for a term in delta.
 */
public final class OneRunBound {
  private static final double LARGEST_EPSILON = 64;
  private static final int BISECTIONS = 40;

  /** Parts of the canaries that are guessed; each is a test of its own, and pays for it. */
  private static final double[] GUESSED = {0.02, 0.05, 0.1, 0.25, 0.5, 1};

  private OneRunBound() {}

  /**
   * The best bound over several numbers of guesses, at {@code confidence} for all of them together.
   *
   * @param included the coins
   * @param scores the higher, the more a canary seems to have taken part
   */
  public static AuditResult of(
      boolean[] included, double[] scores, double delta, double confidence) {
    if (included.length != scores.length || included.length < 10) {
      throw new IllegalArgumentException("included and scores are not of 10 canaries or more");
    }
    Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble((Integer i) -> scores[i]).reversed());
    double failure = (1 - confidence) / GUESSED.length;
    AuditResult best = new AuditResult(included.length, 0, 0, 0, confidence);
    for (double part : GUESSED) {
      int half = Math.max(1, (int) (included.length * part / 2));
      int right = 0;
      for (int i = 0; i < half; i++) {
        right += included[order[i]] ? 1 : 0;
        right += included[order[order.length - 1 - i]] ? 0 : 1;
      }
      double bound = epsilon(included.length, 2 * half, right, delta, failure);
      if (bound >= best.epsilonLowerBound()) {
        best = new AuditResult(included.length, 2 * half, right, bound, confidence);
      }
    }
    return best;
  }

  /** The largest epsilon that {@code right} of {@code guesses} refute at this failure rate. */
  static double epsilon(int canaries, int guesses, int right, double delta, double failure) {
    double low = 0;
    double high = LARGEST_EPSILON;
    if (probability(canaries, guesses, right, low, delta) > failure) {
      return 0;
    }
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (probability(canaries, guesses, right, middle, delta) <= failure) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Most that a private run lets {@code right} or more guesses be right. */
  static double probability(int canaries, int guesses, int right, double epsilon, double delta) {
    if (right == 0) {
      return 1;
    }
    // Without a random generator: only probabilities are asked for.
    var binomial = new BinomialDistribution(null, guesses, 1 / (1 + Math.exp(-epsilon)));
    double tail = 1 - binomial.cumulativeProbability(right - 1);
    double between = 0;
    double steepest = 0;
    for (int i = 1; i <= right; i++) {
      between += binomial.probability(right - i);
      steepest = Math.max(steepest, between / i);
    }
    return Math.min(1, tail + 2 * canaries * delta * steepest);
  }
}
