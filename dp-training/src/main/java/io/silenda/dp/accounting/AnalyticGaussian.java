package io.silenda.dp.accounting;

import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.special.Erf;

/**
 * The normal mechanism in closed form (Balle and Wang 2018, theorem 8), sensitivity 1. Compositions
 * of it are one mechanism with noise sigma / sqrt(steps). Answers are rounded up by at most one
 * part in 10^9 where sigma is at most 1000; above, delta also by the digits that cancel.
 */
public final class AnalyticGaussian {
  private static final double ROUND_UP = 1 + 1e-10;
  private static final int EVALUATIONS = 500;
  private static final double SMALL_SHIFT = 1e-3;
  private static final double CANCELLED = 1e-13;

  private AnalyticGaussian() {}

  /** Delta at {@code epsilon}. */
  public static double delta(double sigma, double epsilon) {
    Arguments.positive("sigma", sigma);
    Arguments.notNegative("epsilon", epsilon);
    return Math.min(1, Math.exp(logDelta(sigma, epsilon)) * ROUND_UP);
  }

  /** Least epsilon at {@code delta} in (0, 1). */
  public static double epsilon(double sigma, double delta) {
    Arguments.positive("sigma", sigma);
    Arguments.positive("delta", delta);
    Arguments.fraction("delta", delta);
    double target = Math.log(delta);
    if (logDelta(sigma, 0) <= target) {
      return 1e-12;
    }
    // The tail bound exp(-t^2 / 2) of the loss N(1 / 2s^2, 1 / s^2) holds at t = sqrt(2
    // ln(1/delta)).
    double high = 0.5 / (sigma * sigma) + Math.sqrt(-2 * target) / sigma;
    return root(epsilon -> logDelta(sigma, epsilon) - target, 0, high) * ROUND_UP;
  }

  /** Least noise multiplier for (epsilon, delta). */
  public static double sigma(double epsilon, double delta) {
    Arguments.positive("epsilon", epsilon);
    Arguments.positive("delta", delta);
    Arguments.fraction("delta", delta);
    double target = Math.log(delta);
    double low = 1;
    double high = 1;
    while (logDelta(low, epsilon) <= target) {
      low /= 2;
    }
    while (logDelta(high, epsilon) > target) {
      high *= 2;
    }
    return root(sigma -> logDelta(sigma, epsilon) - target, low, high) * ROUND_UP;
  }

  private static double root(UnivariateFunction function, double low, double high) {
    return new BrentSolver(1e-15, 1e-300).solve(EVALUATIONS, function, low, high);
  }

  private static double logDelta(double sigma, double epsilon) {
    double shift = 1 / sigma;
    double from = epsilon * sigma - 0.5 * shift;
    double more = above(from + shift);
    double second = more > 0 ? Math.exp(epsilon + Math.log(more)) : 0;
    // Both terms are nearly equal where noise is large: what cancels is allowed for.
    double first = above(from);
    double allowance = shift < SMALL_SHIFT ? CANCELLED * (1 + from * from) * first : 0;
    return Math.log(Math.max(Double.MIN_VALUE, first - second + allowance));
  }

  private static double above(double x) {
    return 0.5 * Erf.erfc(x / Math.sqrt(2));
  }
}
