package io.silenda.dp.accounting.rdp;

/**
 * Renyi divergences of single mechanisms at an order above 1. Noise is relative to the sensitivity.
 */
public final class RenyiDivergence {
  private static final double REACH = 13;
  private static final double OVERFLOWING = 600;

  /** Beyond so many nodes noise is so small that a plain bound does. */
  static final double MOST_NODES = 1e6;

  private RenyiDivergence() {}

  /**
   * D_alpha(N(mean, sd1^2) || N(0, sd2^2)); infinite where it does not exist (Gil, Alajaji, Linder
   * 2013, table 2).
   */
  public static double gaussians(double alpha, double mean, double sd1, double sd2) {
    double variance = alpha * sd2 * sd2 + (1 - alpha) * sd1 * sd1;
    if (variance <= 0) {
      return Double.POSITIVE_INFINITY;
    }
    return Math.log(sd2 / sd1)
        + Math.log(sd2 * sd2 / variance) / (2 * (alpha - 1))
        + alpha * mean * mean / (2 * variance);
  }

  /**
   * Normal noise: alpha / (2 sigma^2) (Mironov 2017, corollary 3). Discrete normal noise has no
   * more.
   */
  public static double gaussian(double alpha, double sigma) {
    return alpha / (2 * sigma * sigma);
  }

  /** Laplace noise (Mironov 2017, corollary 2). */
  public static double laplace(double alpha, double scale) {
    LogSum sum = new LogSum();
    sum.add(Math.log(alpha / (2 * alpha - 1)) + (alpha - 1) / scale);
    sum.add(Math.log((alpha - 1) / (2 * alpha - 1)) - alpha / scale);
    return Math.min(1 / scale, sum.log() / (alpha - 1));
  }

  /** Two-sided geometric noise exp(-parameter |k|) on an integer that moves by {@code shift}. */
  public static double discreteLaplace(double alpha, double parameter, int shift) {
    // Three geometric sums: left of both centres, right of both, and between them.
    LogSum sum = new LogSum();
    double outer = -Math.log(-Math.expm1(-parameter));
    sum.add(outer - parameter * alpha * shift);
    sum.add(outer + parameter * (alpha - 1) * shift);
    for (int k = 1; k < shift; k++) {
      sum.add(parameter * ((alpha - 1) * k - alpha * (shift - k)));
    }
    double normaliser = Math.log(Math.tanh(parameter / 2));
    return Math.min(parameter * shift, (normaliser + sum.log()) / (alpha - 1));
  }

  /**
   * Poisson-sampled normal noise, add-remove or zero-out (Mironov, Talwar, Zhang 2019): integer
   * orders by the binomial sum, others by quadrature of the same moment.
   */
  public static double sampledGaussian(double alpha, double rate, double sigma) {
    if (rate == 1) {
      return gaussian(alpha, sigma);
    }
    double logMoment =
        alpha == Math.rint(alpha)
            ? binomialMoment((int) alpha, rate, sigma)
            : quadratureMoment(alpha, rate, sigma);
    return logMoment / (alpha - 1);
  }

  /**
   * ln of the moment from moment - 1, a sum of positive terms, so that small rates lose no digits.
   */
  private static double binomialMoment(int alpha, double rate, double sigma) {
    LogSum sum = new LogSum();
    double logBinomial = Math.log(alpha) + Math.log(rate) + (alpha - 1) * Math.log1p(-rate);
    double odds = Math.log(rate) - Math.log1p(-rate);
    for (int k = 2; k <= alpha; k++) {
      logBinomial += Math.log((alpha - k + 1.0) / k) + odds;
      double exponent = k * (k - 1.0) / (2 * sigma * sigma);
      sum.add(logBinomial + logExpm1(exponent));
    }
    double log = sum.log();
    return log > OVERFLOWING ? log : Math.log1p(Math.exp(log));
  }

  /**
   * Trapezoids: the integrand is analytic in a strip of half-width pi sigma, so that the error is
   * below exp(-70).
   */
  private static double quadratureMoment(double alpha, double rate, double sigma) {
    double step = Math.min(0.2, 0.25 * sigma);
    double mean = 1 / sigma;
    double nodes = Math.ceil((2 * REACH + alpha * mean) / step);
    if (!(nodes <= MOST_NODES)) {
      // Sampling never raises a divergence.
      return (alpha - 1) * gaussian(alpha, sigma);
    }
    LogSum sum = new LogSum();
    for (int i = 0; i <= nodes; i++) {
      double x = -REACH + i * step;
      double excess = rate * Math.expm1(mean * (x - 0.5 * mean));
      sum.add(-0.5 * x * x + logExcess(alpha, excess, rate, mean * (x - 0.5 * mean)));
    }
    double log = sum.log() + Math.log(step / Math.sqrt(2 * Math.PI));
    return log > OVERFLOWING ? log : Math.log1p(Math.exp(log));
  }

  /** ln((1 + u)^alpha - 1 - alpha u), which is positive for alpha above 1. */
  private static double logExcess(double alpha, double u, double rate, double exponent) {
    if (Math.abs(alpha * u) < 1e-3) {
      double series =
          1 + u * (alpha - 2) / 3 * (1 + u * (alpha - 3) / 4 * (1 + u * (alpha - 4) / 5));
      return Math.log(0.5 * alpha * (alpha - 1) * u * u * series);
    }
    if (u > 1e100) {
      return alpha * (Math.log(rate) + exponent);
    }
    double power = alpha * Math.log1p(u);
    return power > OVERFLOWING ? power : Math.log(Math.expm1(power) - alpha * u);
  }

  static double logExpm1(double x) {
    return x > 40 ? x : Math.log(Math.expm1(x));
  }
}
