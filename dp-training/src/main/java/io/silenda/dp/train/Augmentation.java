package io.silenda.dp.train;

import java.util.SplittableRandom;

/**
 * Changes one record into another view of it. A step averages the gradients of several views of a
 * record before it clips, so that views cost no privacy (arXiv 2204.13650).
 */
@FunctionalInterface
public interface Augmentation {
  /**
   * Overwrites a record with a view of it.
   *
   * @param buffer holds the record from {@code offset} on
   * @param random for choices that privacy does not rest on
   */
  void apply(float[] buffer, int offset, int length, SplittableRandom random);
}
