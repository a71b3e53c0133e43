package io.silenda.dp.accounting.rdp;

/**
 * Renyi divergence of normal noise on batches of fixed size drawn without replacement, one record
 * replaced (Wang, Balle, Kasiviswanathan 2019, theorems 9 and 27). Noise is relative to the
 * replace-one sensitivity.
 */
public final class WithoutReplacement {
  private static final int LARGEST_EXACT = 256;

  private final double rate;
  private final double sigma;
  private final double[] evenMoments = new double[LARGEST_EXACT / 2 + 1];

  /** For one rate and noise multiplier. */
  public WithoutReplacement(double rate, double sigma) {
    this.rate = rate;
    this.sigma = sigma;
    java.util.Arrays.fill(evenMoments, Double.NaN);
  }

  /**
   * Divergence at an order above 1. The cumulant is convex in the order: between integers it is
   * interpolated.
   */
  public double at(double alpha) {
    int low = (int) Math.floor(alpha);
    double part = alpha - low;
    double log =
        part == 0 ? logMoment(low) : (1 - part) * logMoment(low) + part * logMoment(low + 1);
    double plain = RenyiDivergence.gaussian(alpha, sigma);
    return log < Double.POSITIVE_INFINITY ? Math.min(log / (alpha - 1), plain) : plain;
  }

  private double logMoment(int alpha) {
    LogSum sum = new LogSum();
    sum.add(0);
    double logBinomial = Math.log(alpha);
    for (int j = 2; j <= alpha; j++) {
      logBinomial += Math.log((alpha - j + 1.0) / j);
      sum.add(logBinomial + j * Math.log(rate) + logDivergence(j, alpha));
    }
    return alpha < 2 ? 0 : sum.log();
  }

  private double logDivergence(int j, int alpha) {
    double plain = Math.log(2) + j * (j - 1.0) / (2 * sigma * sigma);
    if (j == 2) {
      double exponent = 1 / (sigma * sigma);
      return Math.min(Math.log(4) + RenyiDivergence.logExpm1(exponent), plain);
    }
    if (alpha > LARGEST_EXACT) {
      return plain;
    }
    double ternary = Math.log(4) + 0.5 * (evenMoment(j / 2 * 2) + evenMoment((j + 1) / 2 * 2));
    return Math.min(ternary, plain);
  }

  /** ln E (ratio - 1)^power for an even power, by trapezoids on an entire integrand. */
  private double evenMoment(int power) {
    int at = power / 2;
    if (Double.isNaN(evenMoments[at])) {
      double mean = 1 / sigma;
      double step = 0.2;
      double reach = 13 + Math.sqrt(2.0 * power);
      double nodes = Math.ceil((2 * reach + power * mean) / step);
      if (!(nodes <= RenyiDivergence.MOST_NODES)) {
        // The plain bound is the lesser then.
        return Double.POSITIVE_INFINITY;
      }
      LogSum sum = new LogSum();
      for (int i = 0; i <= nodes; i++) {
        double x = -reach + i * step;
        double exponent = mean * (x - 0.5 * mean);
        double log = exponent > 40 ? exponent : Math.log(Math.abs(Math.expm1(exponent)));
        sum.add(power * log - 0.5 * x * x);
      }
      evenMoments[at] = sum.log() + Math.log(step / Math.sqrt(2 * Math.PI));
    }
    return evenMoments[at];
  }
}
