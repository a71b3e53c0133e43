package io.silenda.dp.train;

import io.silenda.dp.mechanism.NoiseSource;
import io.silenda.dp.mechanism.PoissonSampler;
import io.silenda.dp.train.Sampling.FixedOrder;
import io.silenda.dp.train.Sampling.Poisson;
import java.util.stream.IntStream;

/** Composes the batch of each step, as the sampling says. */
@FunctionalInterface
interface Batches {
  /** Indices of the records of a step, ascending; may be none. */
  int[] of(long step, NoiseSource source);

  /**
   * Batches of a run.
   *
   * @throws IllegalArgumentException if a fixed order has no place for so many records
   */
  static Batches of(Sampling sampling, int records) {
    if (sampling instanceof FixedOrder order) {
      if (records > order.mostRecords()) {
        throw new IllegalArgumentException(
            "recordCount " + records + " is not from 0 to " + order.mostRecords());
      }
      return (step, source) -> ordered(order, step, records);
    }
    PoissonSampler sampler = new PoissonSampler(((Poisson) sampling).rate());
    return (step, source) -> sampler.sample(records, source);
  }

  private static int[] ordered(FixedOrder order, long step, int records) {
    long first = step % order.batchesPerEpoch() * order.batchSize();
    long end = Math.min(records, first + order.batchSize());
    return IntStream.range((int) Math.min(first, end), (int) end).toArray();
  }
}
