package io.silenda.dp.mechanism;

import io.silenda.dp.accounting.PrivacyEvent;

/**
 * What a mechanism releases.
 *
 * @param values multiples of {@code grid}
 * @param grid a power of two that does not depend on the data
 * @param event what to account for
 * @param secretNoise false where the noise came from a seed: then nothing about the values is
 *     private
 */
public record NoisedSum(double[] values, double grid, PrivacyEvent event, boolean secretNoise) {
  /** Copies the values. */
  public NoisedSum {
    values = values.clone();
  }

  @Override
  public double[] values() {
    return values.clone();
  }
}
