package io.silenda.dp.audit;

import java.util.List;

/**
 * Something that claims to train by DP-FTRL at clipping norm 1 and noise multiplier 1, with a given
 * strategy, on batches of one in a fixed order, given gradients instead of records.
 */
interface StreamUnderTest {
  /** Length of a gradient. */
  int DIMENSION = 400;

  /** Batches of an epoch. */
  int SEPARATION = 6;

  /** Steps, one epoch and a half. */
  int STEPS = 9;

  /** Bands of the strategy. */
  int BANDS = 4;

  /**
   * Takes the steps; sums are divided by one.
   *
   * @param gradients of up to {@link #SEPARATION} records, far longer than the clipping norm
   */
  Run run(List<float[]> gradients, long seed) throws Exception;

  /**
   * What it did.
   *
   * @param releases the noisy sum of each step
   * @param charged mechanisms that the ledger knows of
   */
  record Run(List<float[]> releases, long charged) {}
}
