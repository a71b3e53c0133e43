package io.silenda.bench.compare;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Runs of fifty kernels, as noisy as those of a shared machine: block by block, run by run, and now
 * and then a block that something disturbed.
 */
final class SyntheticRuns {
  /** As the suite of kernels has. */
  static final int KERNELS = 50;

  private static final int BLOCKS = 9;
  private static final double BLOCK_NOISE = 0.06;
  private static final double DISTURBED_SHARE = 0.05;
  private static final double DISTURBED_NOISE = 0.3;

  private SyntheticRuns() {}

  /**
   * A run.
   *
   * @param runNoise standard deviation, in natural logarithms, of what all blocks of a run share
   * @param slowdown of the first kernel
   */
  static StoredRun of(Random random, double runNoise, double slowdown) {
    Map<String, double[]> ratios = new LinkedHashMap<>();
    for (int kernel = 0; kernel < KERNELS; kernel++) {
      double ratio = (2 + kernel) * Math.exp(runNoise * random.nextGaussian());
      ratios.put("kernel " + kernel, blocks(random, kernel == 0 ? ratio / slowdown : ratio));
    }
    return new StoredRun("kernels", true, "a machine", ratios);
  }

  private static double[] blocks(Random random, double ratio) {
    double[] blocks = new double[BLOCKS];
    for (int i = 0; i < BLOCKS; i++) {
      double noise = random.nextDouble() < DISTURBED_SHARE ? DISTURBED_NOISE : BLOCK_NOISE;
      blocks[i] = ratio * Math.exp(noise * random.nextGaussian());
    }
    return blocks;
  }
}
