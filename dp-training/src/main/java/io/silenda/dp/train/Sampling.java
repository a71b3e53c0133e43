package io.silenda.dp.train;

import io.silenda.dp.accounting.PrivacyEvent;
import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import io.silenda.dp.accounting.PrivacyEvent.PoissonSampled;

/**
 * Who takes part in a step. A sampler hands over the event of what it does: none can be accounted
 * for as another.
 */
public sealed interface Sampling {
  /** What {@code steps} steps cost. */
  PrivacyEvent event(Gaussian noise, long steps);

  /** Probability with which a record takes part in a step. */
  double rate();

  /** What noisy sums are divided by: a public constant, never the size of a batch. */
  double expectedBatchSize();

  /**
   * Each record takes part in each step with probability {@code rate}, independently of all others.
   * Batches have any size, also none.
   *
   * @param rate public; above 0, up to 1
   * @param expectedBatchSize public; usually the rate times a public idea of the number of records
   */
  record Poisson(double rate, double expectedBatchSize) implements Sampling {
    /** Checks the ranges. */
    public Poisson {
      Ranges.require("rate", rate, 1e-9, 1);
      Ranges.require("expectedBatchSize", expectedBatchSize, 1e-3, 1e9);
    }

    /** What one step costs. */
    public PoissonSampled stepEvent(Gaussian noise) {
      return new PoissonSampled(rate, noise);
    }

    @Override
    public PrivacyEvent event(Gaussian noise, long steps) {
      return stepEvent(noise).times(steps);
    }
  }
}
