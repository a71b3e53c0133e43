package io.silenda.dp.train;

import io.silenda.dp.mechanism.NoiseSource;
import java.util.SplittableRandom;

/**
 * The source of each step's coins and noise: one secret stream for all, or a test stream for each,
 * so that a resumed test run repeats what an uninterrupted one does.
 */
final class Randomness implements AutoCloseable {
  private final NoisePolicy policy;
  private NoiseSource current = NoiseSource.secure();

  Randomness(NoisePolicy policy) {
    this.policy = policy;
  }

  NoiseSource ofStep(long step) {
    if (policy instanceof NoisePolicy.InsecureTestSeed test) {
      current.close();
      long mixed = new SplittableRandom(test.seed()).nextLong() + step;
      current = NoiseSource.insecureSeeded(mixed);
    }
    return current;
  }

  @Override
  public void close() {
    current.close();
  }
}
