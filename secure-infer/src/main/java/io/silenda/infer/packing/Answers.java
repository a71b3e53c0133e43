package io.silenda.infer.packing;

/**
 * How often outputs stand in an answer. Either way every other slot is zero, so that no partial sum
 * leaves the server and the client sees when an answer outgrew its modulus.
 */
public enum Answers {
  /** Once: coefficients are small, so that the last prime holds the largest scale. */
  ONCE,
  /**
   * As often as they fit, with a slot more than there are outputs from one to the next: rotations
   * are few, since folds sum up what stands in the same place of each part.
   */
  REPEATED
}
