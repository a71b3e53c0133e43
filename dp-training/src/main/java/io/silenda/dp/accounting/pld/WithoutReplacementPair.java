package io.silenda.dp.accounting.pld;

/**
 * Batches of fixed size drawn without replacement, one record replaced, normal noise. For alpha of
 * at least 1 the divergence is at most that of ((1 - rate) Q + rate P, Q), below 1 that of (P, (1 -
 * rate) P + rate Q), with P = N(shift, 1) and Q = N(0, 1) (Balle, Barthe, Gaboardi 2018, theorem 2;
 * Zhu, Dong, Wang 2022, theorem 11). Both curves meet at alpha = 1, and the losses of the first
 * above 0, of the second below 0 and an atom at 0 make one pair with the joined curve. Replacement
 * is symmetric, and so is the curve under exchange of P and Q.
 *
 * @param rate batch size over number of records, in (0, 1]
 * @param shift replace-one sensitivity over noise deviation
 */
public record WithoutReplacementPair(double rate, double shift) implements DominatingPair {
  @Override
  public boolean symmetric() {
    return true;
  }

  @Override
  public double largestLoss() {
    return Double.POSITIVE_INFINITY;
  }

  @Override
  public Range range(double tailMass) {
    return new Range(below().range(tailMass).low(), above().range(tailMass).high());
  }

  @Override
  public LossCells cells(double width, double tailMass) {
    Range range = range(tailMass);
    LossCells cells = LossCells.covering(width, range.low(), range.high());
    LossCells above = above().cells(width, tailMass);
    LossCells below = below().cells(width, tailMass);
    copy(above, cells, 0, Long.MAX_VALUE);
    copy(below, cells, Long.MIN_VALUE, 0);
    cells.pAbove = above.pAbove;
    cells.qAbove = above.qAbove;
    cells.pBelow = below.pBelow;
    cells.qBelow = below.qBelow;
    cells.slack = Math.max(above.slack, below.slack);
    double atom = 1 - total(cells.q) - cells.qBelow - cells.qAbove;
    if (atom > 0) {
      cells.add(0, atom, atom);
    }
    return cells;
  }

  private GaussianMixturePair above() {
    return GaussianMixturePair.sampled(rate, shift);
  }

  private GaussianMixturePair below() {
    return GaussianMixturePair.diluted(rate, shift);
  }

  /** Cells with an index from {@code from} and below {@code to}. */
  private static void copy(LossCells source, LossCells target, long from, long to) {
    for (int i = 0; i < source.p.length; i++) {
      long index = source.first + i;
      int at = (int) (index - target.first);
      if (index >= from && index < to && at >= 0 && at < target.p.length) {
        target.p[at] += source.p[i];
        target.q[at] += source.q[i];
      }
    }
  }

  private static double total(double[] masses) {
    double sum = 0;
    for (double mass : masses) {
      sum += mass;
    }
    return sum;
  }
}
