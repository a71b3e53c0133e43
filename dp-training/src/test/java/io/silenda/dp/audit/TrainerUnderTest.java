package io.silenda.dp.audit;

import java.util.List;

/**
 * Something that claims to train by DP-SGD at clipping norm 1 and noise multiplier 1, given
 * gradients instead of records.
 */
interface TrainerUnderTest {
  /** Length of a gradient. */
  int DIMENSION = 400;

  /**
   * Takes steps of rate 1 whose sums are divided by a public batch size of 1.
   *
   * @param gradients of the records, at weights of zero; far longer than the clipping norm
   * @param rate with which a record takes part
   */
  Run run(List<float[]> gradients, double rate, int steps, long seed) throws Exception;

  /**
   * What it did.
   *
   * @param releases the noisy sum of each step
   * @param batchSizes records that took part in each
   * @param charged steps that the ledger knows of
   */
  record Run(List<float[]> releases, List<Integer> batchSizes, long charged) {}
}
