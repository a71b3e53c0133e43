package io.silenda.dp.train;

import io.silenda.dp.engine.ClipCounts;
import io.silenda.dp.mechanism.NoiseSource;

/** Computes the mean gradient of a step over the expected batch: noisy, or as it is. */
interface GradientStep extends AutoCloseable {
  /**
   * Begins a new mechanism, where noise is correlated; to be charged before the next step.
   *
   * @param steps that the run has left
   */
  default void begin(long steps) {}

  /**
   * Writes the gradient of one step.
   *
   * @param records indices of the sampled records, ascending; may be none
   * @param gradient receives what the optimiser gets
   */
  void compute(int[] records, NoiseSource source, float[] gradient, ClipCounts counts);

  /** Takes the weights of the next step. */
  void load(float[] weights);

  /** Clipping norm of the next step. */
  double clippingNorm();

  @Override
  void close();
}
