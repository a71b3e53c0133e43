package io.silenda.dp.train;

import java.util.List;

/**
 * All that a run needs to go on after {@code step} steps. Weights, moments and the clipping norm
 * come from noisy gradients alone; no key or noise is in here. Arrays are copied in and out.
 *
 * @param step steps done
 * @param weights all parameters, in the order of the network's
 * @param optimizer moments: none for SGD, one array for momentum, two for Adam
 * @param averaged averaged weights; empty where averaging is off
 * @param clippingNorm norm for the next step
 * @param mechanisms mechanisms of correlated noise that were begun, 0 with independent noise. Their
 *     noise is not here: a resumed run begins another
 */
public record TrainingState(
    long step,
    float[] weights,
    List<float[]> optimizer,
    float[] averaged,
    double clippingNorm,
    long mechanisms) {
  /** Copies all arrays. */
  public TrainingState {
    weights = weights.clone();
    optimizer = optimizer.stream().map(float[]::clone).toList();
    averaged = averaged.clone();
  }

  /** A state of a run with independent noise, or of one that has not begun. */
  public TrainingState(
      long step, float[] weights, List<float[]> optimizer, float[] averaged, double clippingNorm) {
    this(step, weights, optimizer, averaged, clippingNorm, 0);
  }

  @Override
  public float[] weights() {
    return weights.clone();
  }

  @Override
  public List<float[]> optimizer() {
    return optimizer.stream().map(float[]::clone).toList();
  }

  @Override
  public float[] averaged() {
    return averaged.clone();
  }
}
