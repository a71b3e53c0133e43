package io.silenda.dp.train;

import io.silenda.dp.accounting.PrivacyEvent;
import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import io.silenda.dp.accounting.PrivacyEvent.PoissonSampled;
import io.silenda.dp.mechanism.Participation;

/**
 * Who takes part in a step. A sampler hands over the event of what it does: none can be accounted
 * for as another.
 */
public sealed interface Sampling {
  /** What {@code steps} steps cost. */
  PrivacyEvent event(Gaussian noise, long steps);

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

  /**
   * Batches of neighbouring records, in order, epoch after epoch, for streams that cannot be
   * sampled. Nothing is gained from chance; instead the noise of steps is correlated. A record
   * keeps its place, so that neighbours are data sets with one record replaced (or by one that
   * contributes zero): the number of records is public.
   *
   * @param batchSize public; records of each batch, the last ones of an epoch may have fewer
   * @param batchesPerEpoch public; batch size times this must hold all records. A record takes part
   *     in each epoch once, steps of this distance apart
   * @param factorisation how noise is correlated
   * @param mechanismSteps steps over which it is; then it begins anew, as an event of its own, and
   *     so it does where a run is resumed. 1 to 2^20, trees end with the epoch
   */
  record FixedOrder(
      int batchSize, int batchesPerEpoch, Factorisation factorisation, int mechanismSteps)
      implements Sampling {
    /** Checks the ranges. */
    public FixedOrder {
      Ranges.require("batchSize", batchSize, 1, 1 << 24);
      Ranges.require("batchesPerEpoch", batchesPerEpoch, 1, Participation.MOST_STEPS);
      Ranges.require("mechanismSteps", mechanismSteps, 1, Participation.MOST_STEPS);
      if (factorisation instanceof Factorisation.BandedToeplitz banded) {
        Ranges.require("bands", banded.bands(), 1, batchesPerEpoch);
      }
      mechanismSteps = Math.min(mechanismSteps, factorisation.mostSteps(batchesPerEpoch));
    }

    /** Most records that the batches of an epoch hold. */
    public long mostRecords() {
      return (long) batchSize * batchesPerEpoch;
    }

    /** Mechanisms that {@code steps} steps take. */
    public long mechanisms(long steps) {
      return (steps + mechanismSteps - 1) / mechanismSteps;
    }

    /** Who takes part when, in a mechanism that has up to {@code steps} steps left to do. */
    public Participation participation(long steps) {
      return new Participation((int) Math.min(mechanismSteps, steps), batchesPerEpoch);
    }

    /** What a whole mechanism costs. */
    public PrivacyEvent mechanismEvent(Gaussian noise) {
      return factorisation.event(noise, participation(mechanismSteps));
    }

    @Override
    public PrivacyEvent event(Gaussian noise, long steps) {
      return mechanismEvent(noise).times(mechanisms(steps));
    }

    @Override
    public double expectedBatchSize() {
      return batchSize;
    }
  }
}
