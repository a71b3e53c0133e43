package io.silenda.dp.train;

/** Where coins and noise come from. */
public sealed interface NoisePolicy {
  /** A cryptographic generator under a key that is drawn for the run and kept nowhere. */
  record Secure() implements NoisePolicy {}

  /**
   * The same coins and noise for the same seed and step, so that tests can repeat and resume a run.
   * Results say that they are not private.
   */
  record InsecureTestSeed(long seed) implements NoisePolicy {}
}
