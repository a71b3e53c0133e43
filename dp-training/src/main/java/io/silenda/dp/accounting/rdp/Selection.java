package io.silenda.dp.accounting.rdp;

import org.apache.commons.math3.analysis.solvers.BrentSolver;

/** Parameters of the number of runs in repeated selection. */
final class Selection {
  private Selection() {}

  /**
   * The gamma whose truncated negative binomial has this mean; rounded down, which costs and never
   * gains.
   */
  static double gamma(double mean, double shape) {
    if (mean <= 1) {
      return 1;
    }
    double found =
        new BrentSolver(1e-14, 1e-300)
            .solve(1000, x -> Math.log(mean(Math.exp(x), shape)) - Math.log(mean), -600, -1e-13);
    return Math.exp(found) * (1 - 1e-10);
  }

  /** Mean of the number of runs (Papernot, Steinke 2022, definition 1). */
  private static double mean(double gamma, double shape) {
    if (shape == 0) {
      return (1 / gamma - 1) / -Math.log(gamma);
    }
    return shape * (1 - gamma) / (gamma * -Math.expm1(shape * Math.log(gamma)));
  }
}
