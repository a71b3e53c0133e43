package io.silenda.dp.mechanism;

import java.util.Arrays;

/**
 * Noise of tree aggregation (Dwork et al. 2010; Chan et al. 2011; DP-FTRL, arXiv 2103.00039): each
 * node of a binary tree over the steps has noise, and a prefix sum has that of the nodes that make
 * it up. From one prefix sum to the next the new node replaces the smaller ones that it covers, so
 * the noise of a step is the new node's, less theirs. Exact, as all are whole numbers.
 */
final class TreeNoise implements NoiseShaping {
  private final int[][] nodes;
  private long step = 1;

  TreeNoise(int steps, int dimension) {
    nodes = new int[32 - Integer.numberOfLeadingZeros(steps)][dimension];
  }

  @Override
  public void shape(int[] noise, int from, int count) {
    int level = Long.numberOfTrailingZeros(step);
    System.arraycopy(noise, 0, nodes[level], from, count);
    for (int below = 0; below < level; below++) {
      int[] node = nodes[below];
      for (int i = 0; i < count; i++) {
        noise[i] -= node[from + i];
      }
    }
  }

  @Override
  public void endStep() {
    step++;
  }

  @Override
  public void wipe() {
    for (int[] node : nodes) {
      Arrays.fill(node, 0);
    }
  }
}
