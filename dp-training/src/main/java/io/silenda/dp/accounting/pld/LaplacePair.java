package io.silenda.dp.accounting.pld;

/**
 * (1 - rate) Laplace(0) + rate Laplace(1) against Laplace(0), both of the given scale: two atoms,
 * and a continuous loss between the centres.
 *
 * @param rate sampling rate in (0, 1]
 * @param scale noise scale over sensitivity
 */
public record LaplacePair(double rate, double scale) implements DominatingPair {
  @Override
  public boolean symmetric() {
    return rate == 1;
  }

  @Override
  public double largestLoss() {
    return Math.max(sampledLoss(1 / scale), -sampledLoss(-1 / scale));
  }

  @Override
  public Range range(double tailMass) {
    return new Range(sampledLoss(-1 / scale), sampledLoss(1 / scale));
  }

  @Override
  public LossCells cells(double width, double tailMass) {
    Range range = range(tailMass);
    LossCells cells = LossCells.covering(width, range.low(), range.high());
    cells.slack = 1e-14 * (1 + 1 / scale);
    double atom = 0.5 * Math.exp(-1 / scale);
    add(cells, range.low(), atom, 0.5);
    double left = 0;
    for (int i = 0; i < cells.p.length; i++) {
      double right =
          i == cells.p.length - 1 ? 1 : Math.max(left, Math.min(1, point(cells.edge(i + 1))));
      double share = -Math.expm1(-(right - left) / scale);
      double p = 0.5 * Math.exp((right - 1) / scale) * share;
      double q = 0.5 * Math.exp(-left / scale) * share;
      cells.p[i] += (1 - rate) * q + rate * p;
      cells.q[i] += q;
      left = right;
    }
    add(cells, range.high(), 0.5, atom);
    return cells;
  }

  private void add(LossCells cells, double loss, double p, double q) {
    cells.add(loss, (1 - rate) * q + rate * p, q);
  }

  /** Loss of the sampled pair where that of the unsampled one is given. */
  private double sampledLoss(double loss) {
    return SampledLoss.of(rate, loss);
  }

  /** Where the sampled loss has the given value, on [0, 1] or beyond. */
  private double point(double loss) {
    return Math.max(0, 0.5 * (1 + scale * SampledLoss.inverse(rate, loss)));
  }
}
