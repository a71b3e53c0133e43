package io.silenda.bench.compare;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Runs of thirty kernels, noisy as those of a shared machine: round by round and run by run. */
final class SyntheticRuns {
  private static final int KERNELS = 30;
  private static final int ROUNDS = 9;
  private static final double ROUND_NOISE = 0.05;
  private static final double RUN_NOISE = 0.02;

  private SyntheticRuns() {}

  /**
   * A run.
   *
   * @param slowdown of the first kernel
   */
  static StoredRun of(Random random, double slowdown) {
    Map<String, double[]> ratios = new LinkedHashMap<>();
    for (int kernel = 0; kernel < KERNELS; kernel++) {
      double ratio = (2 + kernel) * Math.exp(RUN_NOISE * random.nextGaussian());
      ratio /= kernel == 0 ? slowdown : 1;
      double[] samples = new double[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        samples[i] = ratio * Math.exp(ROUND_NOISE * random.nextGaussian());
      }
      ratios.put("kernel " + kernel, samples);
    }
    return new StoredRun("kernels", true, "a machine", ratios);
  }
}
