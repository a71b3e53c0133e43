package io.silenda.dp.mechanism;

/** Turns independent noise of a step into the noise that is added, in whole units. */
interface NoiseShaping {
  /** Independent noise as it is. */
  NoiseShaping NONE = (noise, from, count) -> {};

  /**
   * Replaces the noise of some coordinates of the current step.
   *
   * @param noise fresh noise of the coordinates from {@code from} on; receives what is added
   */
  void shape(int[] noise, int from, int count);

  /** Ends the current step, all of whose coordinates were shaped. */
  default void endStep() {}

  /** Forgets all noise: whoever knows it can subtract it. */
  default void wipe() {}
}
