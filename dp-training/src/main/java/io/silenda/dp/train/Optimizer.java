package io.silenda.dp.train;

/** What turns a noisy gradient into new weights: post-processing, free of charge. */
public sealed interface Optimizer {
  /** w -= rate (g + weightDecay w). */
  record Sgd(double weightDecay) implements Optimizer {
    /** Checks the range. */
    public Sgd {
      Ranges.require("weightDecay", weightDecay, 0, 1);
    }

    /** Without decay. */
    public Sgd() {
      this(0);
    }
  }

  /** m = momentum m + g; w -= rate m. */
  record Momentum(double momentum, double weightDecay) implements Optimizer {
    /** Checks the ranges. */
    public Momentum {
      Ranges.require("momentum", momentum, 0, 0.9999);
      Ranges.require("weightDecay", weightDecay, 0, 1);
    }

    /** Without decay. */
    public Momentum(double momentum) {
      this(momentum, 0);
    }
  }

  /** Adam (arXiv 1412.6980), with decay apart from the moments (arXiv 1711.05101). */
  record Adam(double beta1, double beta2, double epsilon, double weightDecay) implements Optimizer {
    /** Checks the ranges. */
    public Adam {
      Ranges.require("beta1", beta1, 0, 0.9999);
      Ranges.require("beta2", beta2, 0, 0.999999);
      Ranges.require("epsilon", epsilon, 1e-12, 1);
      Ranges.require("weightDecay", weightDecay, 0, 1);
    }

    /** With the usual constants 0.9, 0.999 and 1e-8. */
    public Adam() {
      this(0.9, 0.999, 1e-8, 0);
    }
  }
}
