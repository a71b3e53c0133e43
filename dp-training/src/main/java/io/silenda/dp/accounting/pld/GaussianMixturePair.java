package io.silenda.dp.accounting.pld;

/**
 * Two mixtures of normals of variance one whose likelihood ratio grows along the line, as it does
 * where P is Q with weight moved to larger means.
 */
public final class GaussianMixturePair implements DominatingPair {
  private static final int NEWTON_STEPS = 100;

  // A residual of this share of a cell adds nothing that is seen, even ten thousand times.
  private static final double TOLERANCE = 1e-8;

  private final NormalMixture upper;
  private final NormalMixture lower;
  private final boolean symmetric;

  private GaussianMixturePair(NormalMixture p, NormalMixture q, boolean symmetric) {
    upper = p;
    lower = q;
    this.symmetric = symmetric;
  }

  /** N(shift, 1) against N(0, 1). */
  public static GaussianMixturePair shifted(double shift) {
    return new GaussianMixturePair(NormalMixture.single(shift), NormalMixture.single(0), true);
  }

  /** (1 - rate) N(0, 1) + rate N(shift, 1) against N(0, 1). */
  public static GaussianMixturePair sampled(double rate, double shift) {
    return weighted(new double[] {0, shift}, new double[] {1 - rate, rate});
  }

  /** Sum of weights[i] N(means[i], 1) against N(0, 1); means rise from 0. */
  public static GaussianMixturePair weighted(double[] means, double[] weights) {
    return new GaussianMixturePair(
        new NormalMixture(means, weights), NormalMixture.single(0), false);
  }

  /** (1 - rate) N(0, 1) + rate N(shift, 1) against (1 - rate) N(0, 1) + rate N(-shift, 1). */
  public static GaussianMixturePair sampledReplacement(double rate, double shift) {
    return new GaussianMixturePair(
        new NormalMixture(new double[] {0, shift}, new double[] {1 - rate, rate}),
        new NormalMixture(new double[] {-shift, 0}, new double[] {rate, 1 - rate}),
        true);
  }

  /** N(shift, 1) against (1 - rate) N(shift, 1) + rate N(0, 1). */
  static GaussianMixturePair diluted(double rate, double shift) {
    return new GaussianMixturePair(
        NormalMixture.single(shift),
        new NormalMixture(new double[] {0, shift}, new double[] {rate, 1 - rate}),
        false);
  }

  @Override
  public boolean symmetric() {
    return symmetric;
  }

  @Override
  public double largestLoss() {
    return Double.POSITIVE_INFINITY;
  }

  @Override
  public Range range(double tailMass) {
    double reach = reach(tailMass);
    return new Range(loss(lower.lowestMean() - reach), loss(upper.highestMean() + reach));
  }

  @Override
  public LossCells cells(double width, double tailMass) {
    Range range = range(tailMass);
    LossCells cells = LossCells.covering(width, range.low(), range.high());
    double reach = reach(tailMass);
    double bottom = lower.lowestMean() - reach;
    double top = upper.highestMean() + reach;
    double left = lowestEdge(cells, bottom);
    cells.pBelow = upper.mass(Double.NEGATIVE_INFINITY, left);
    cells.qBelow = lower.mass(Double.NEGATIVE_INFINITY, left);
    double supremum = supremum();
    double previous = Math.max(left, bottom);
    double step = 0;
    double change = 0;
    for (int i = 0; i < cells.p.length; i++) {
      double right = Double.POSITIVE_INFINITY;
      if (cells.edge(i + 1) < supremum) {
        // Edges are smooth in their index: the last three say where the next one is.
        right = solve(cells, i + 1, previous, previous + step + change, top);
        change = step == 0 ? 0 : right - previous - step;
        step = right - previous;
        previous = right;
      }
      cells.p[i] = upper.mass(left, right);
      cells.q[i] = lower.mass(left, right);
      left = right;
    }
    cells.pAbove = upper.mass(left, Double.POSITIVE_INFINITY);
    cells.qAbove = lower.mass(left, Double.POSITIVE_INFINITY);
    return cells;
  }

  /** Where the first cell begins; minus infinity where no loss lies below it. */
  private double lowestEdge(LossCells cells, double bottom) {
    if (infimum() >= cells.edge(0)) {
      return Double.NEGATIVE_INFINITY;
    }
    double from = bottom;
    for (double step = 1; loss(from) > cells.edge(0) && step < 1e6; step *= 2) {
      from -= step;
    }
    return solve(cells, 0, from, 0.5 * (from + bottom), bottom);
  }

  private double infimum() {
    double mean = upper.lowestMean();
    return mean > lower.lowestMean()
        ? Double.NEGATIVE_INFINITY
        : Math.log(upper.lowestWeight() / lower.lowestWeight());
  }

  private double supremum() {
    return upper.highestMean() > lower.highestMean()
        ? Double.POSITIVE_INFINITY
        : Math.log(upper.highestWeight() / lower.highestWeight());
  }

  /**
   * The point at which the loss is the lower edge of {@code cell}, by safeguarded Newton steps from
   * {@code guess}; the remaining difference goes into the slack.
   */
  private double solve(LossCells cells, int cell, double from, double guess, double to) {
    double target = cells.edge(cell);
    double low = from;
    double high = Math.max(to, from);
    for (double step = 1; high - to < 1e6 && loss(high) < target; step *= 2) {
      high += step;
    }
    double x = Math.min(high, Math.max(low, guess));
    double difference = loss(x) - target;
    double tolerance = TOLERANCE * cells.width + 4e-16 * (1 + Math.abs(target));
    for (int i = 0; i < NEWTON_STEPS && Math.abs(difference) > tolerance; i++) {
      if (difference < 0) {
        low = x;
      } else {
        high = x;
      }
      double next = x - difference / (upper.centre(x) - lower.centre(x));
      double before = x;
      x = next > low && next < high ? next : 0.5 * (low + high);
      if (x == before) {
        break;
      }
      difference = loss(x) - target;
    }
    double rounding = 1e-15 * (4 + Math.abs(target) + Math.abs(x) * upper.highestMean());
    cells.slack = Math.max(cells.slack, Math.abs(difference) + rounding);
    return x;
  }

  private double loss(double x) {
    return upper.logRatio(x) - lower.logRatio(x);
  }

  private static double reach(double tailMass) {
    return Math.sqrt(-2 * Math.log(tailMass));
  }
}
