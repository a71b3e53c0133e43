package io.silenda.dp.accounting.pld;

import java.util.function.IntToDoubleFunction;

/**
 * A pair with finitely many outcomes of nonzero mass, and tails that only one side or neither is
 * known to reach.
 */
public final class AtomicPair implements DominatingPair {
  private static final int LARGEST = 1 << 22;

  private final double[] losses;
  private final double[] p;
  private final double[] q;
  private final double pInfinite;
  private final double qInfinite;
  private final double largestLoss;

  private AtomicPair(
      double[] losses,
      double[] p,
      double[] q,
      double pInfinite,
      double qInfinite,
      double largestLoss) {
    this.losses = losses;
    this.p = p;
    this.q = q;
    this.pInfinite = pInfinite;
    this.qInfinite = qInfinite;
    this.largestLoss = largestLoss;
  }

  /**
   * Randomised response that fails outright with probability delta: what (epsilon, delta) alone
   * allows at worst.
   */
  public static AtomicPair approximate(double epsilon, double delta) {
    double high = (1 - delta) / (1 + Math.exp(-epsilon));
    double low = (1 - delta) / (1 + Math.exp(epsilon));
    return new AtomicPair(
        new double[] {-epsilon, epsilon},
        new double[] {low, high},
        new double[] {high, low},
        delta,
        delta,
        delta > 0 ? Double.POSITIVE_INFINITY : epsilon);
  }

  /**
   * Discrete normal noise (Canonne, Kamath, Steinke 2020) of scale {@code sigma} on an integer sum
   * that moves by {@code shift}.
   */
  public static AtomicPair discreteGaussian(double sigma, int shift, double rate) {
    int reach = reach(12 * sigma + 2, shift);
    return integers(
        k -> Math.exp(-0.5 * (k / sigma) * (k / sigma)),
        reach,
        // The tail of the sum is below the first term times 1 / (1 - ratio of neighbours).
        4 * Math.exp(-0.5 * (reach / sigma) * (reach / sigma)) * (1 + sigma),
        shift,
        rate,
        k -> shift * (2.0 * k - shift) / (2 * sigma * sigma),
        Double.POSITIVE_INFINITY);
  }

  /**
   * Two-sided geometric noise exp(-parameter |k|) on an integer sum that moves by {@code shift}.
   */
  public static AtomicPair discreteLaplace(double parameter, int shift, double rate) {
    int reach = reach(72 / parameter + 2, shift);
    return integers(
        k -> Math.exp(-parameter * k),
        reach,
        4 * Math.exp(-parameter * reach) * (1 + 1 / parameter),
        shift,
        rate,
        k -> parameter * (Math.abs(k) - Math.abs(k - shift)),
        parameter * shift);
  }

  private static int reach(double noise, int shift) {
    if (noise + 2.0 * shift > LARGEST / 2.0) {
      throw new TooManyCellsException(2 * noise + 4.0 * shift);
    }
    return (int) Math.ceil(noise) + 2 * shift;
  }

  /**
   * Integer noise of the given weights around {@code shift} against the same around 0, sampled at
   * {@code rate}.
   *
   * @param weight unnormalised probability of |noise|, falling
   * @param reach largest |noise| that is listed; what lies beyond counts as certain loss
   * @param beyond bound on the unnormalised probability beyond the reach, both sides together
   * @param logRatio loss of the unsampled pair at an integer
   * @param largest largest |loss| of the unsampled pair
   */
  private static AtomicPair integers(
      IntToDoubleFunction weight,
      int reach,
      double beyond,
      int shift,
      double rate,
      IntToDoubleFunction logRatio,
      double largest) {
    double total = weight.applyAsDouble(0);
    for (int k = 1; k <= reach; k++) {
      total += 2 * weight.applyAsDouble(k);
    }
    int atoms = 2 * reach + 1 - shift;
    double[] losses = new double[atoms];
    double[] p = new double[atoms];
    double[] q = new double[atoms];
    // Outcomes within reach of both centres; the rest of either side is treated as certain loss.
    for (int i = 0; i < atoms; i++) {
      int k = i + shift - reach;
      q[i] = weight.applyAsDouble(Math.abs(k)) / total;
      double shifted = weight.applyAsDouble(Math.abs(k - shift)) / total;
      p[i] = (1 - rate) * q[i] + rate * shifted;
      losses[i] = SampledLoss.of(rate, logRatio.applyAsDouble(k));
    }
    double out = beyond + Double.MIN_NORMAL;
    for (int k = reach - shift + 1; k <= reach; k++) {
      out += weight.applyAsDouble(k);
    }
    out /= total;
    double bound = Math.max(-SampledLoss.of(rate, -largest), SampledLoss.of(rate, largest));
    return new AtomicPair(losses, p, q, out, out, bound);
  }

  @Override
  public double largestLoss() {
    return largestLoss;
  }

  @Override
  public Range range(double tailMass) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double loss : losses) {
      low = Math.min(low, loss);
      high = Math.max(high, loss);
    }
    return new Range(low, high);
  }

  @Override
  public LossCells cells(double width, double tailMass) {
    Range range = range(tailMass);
    LossCells cells = LossCells.covering(width, range.low(), range.high());
    cells.slack = 4e-15 * (1 + Math.max(Math.abs(range.low()), Math.abs(range.high())));
    for (int i = 0; i < losses.length; i++) {
      cells.add(losses[i], p[i], q[i]);
    }
    cells.pAbove += pInfinite;
    cells.qBelow += qInfinite;
    return cells;
  }
}
