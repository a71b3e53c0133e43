package io.silenda.dp.accounting.pld;

/**
 * A pair of distributions (P, Q) that dominates a mechanism on neighbouring data sets (Zhu, Dong,
 * Wang 2022, definition 7): no hockey-stick divergence of the mechanism exceeds the pair's.
 * Immutable.
 */
public interface DominatingPair {
  /**
   * Lowest and highest loss that matter when at most {@code tailMass} may be left out at either
   * end.
   */
  Range range(double tailMass);

  /** Masses by loss, at least over {@link #range}; what lies outside is reported below or above. */
  LossCells cells(double width, double tailMass);

  /**
   * Smallest upper bound of |ln(P/Q)|: the epsilon of pure privacy; infinite where there is none.
   */
  double largestLoss();

  /** Whether (Q, P) has the same divergences, so that one direction answers for both. */
  default boolean symmetric() {
    return false;
  }

  /** Interval of losses. */
  record Range(double low, double high) {
    /** The smallest interval that holds both. */
    Range join(Range other) {
      return new Range(Math.min(low, other.low), Math.max(high, other.high));
    }
  }
}
