package io.silenda.dp.train;

import java.util.List;

/**
 * How far one record may move the sum of gradients. A record of larger gradient is scaled down; one
 * whose gradient is not finite, or too large for floats, contributes zero.
 */
public sealed interface Clipping {
  /** Largest 2-norm of one record's whole contribution, before the first step. */
  double norm();

  /** One bound on the norm over all parameters. */
  record Flat(double norm) implements Clipping {
    /** Checks the range. */
    public Flat {
      Ranges.require("norm", norm, 1e-4, 1e4);
    }
  }

  /**
   * A bound for each layer that has parameters, in order (arXiv 1710.06963); together they are
   * accounted as the root of the sum of squares.
   */
  record PerLayer(List<Double> norms) implements Clipping {
    /** Copies the list and checks the ranges. */
    public PerLayer {
      norms = List.copyOf(norms);
      if (norms.isEmpty()) {
        throw new IllegalArgumentException("norms must not be empty");
      }
      norms.forEach(norm -> Ranges.require("norms", norm, 1e-4, 1e4));
    }

    @Override
    public double norm() {
      return Math.sqrt(norms.stream().mapToDouble(norm -> norm * norm).sum());
    }
  }

  /**
   * A flat bound that follows a quantile of the gradient norms (arXiv 1905.03871). Each step also
   * releases a noisy count of unclipped records; both together are accounted as one Gaussian.
   *
   * @param initialNorm bound of the first step
   * @param quantile share of records that should stay unclipped
   * @param rate step of the logarithm of the bound
   * @param countNoiseDeviation noise deviation of the count, in records
   */
  record Adaptive(double initialNorm, double quantile, double rate, double countNoiseDeviation)
      implements Clipping {
    /** Checks the ranges. */
    public Adaptive {
      Ranges.require("initialNorm", initialNorm, 1e-4, 1e4);
      Ranges.require("quantile", quantile, 0, 1);
      Ranges.require("rate", rate, 1e-6, 1);
      Ranges.require("countNoiseDeviation", countNoiseDeviation, 0.1, 100);
    }

    @Override
    public double norm() {
      return initialNorm;
    }
  }
}
