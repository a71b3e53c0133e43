package io.silenda.dp.mechanism;

import java.util.Arrays;

/**
 * Noise w = C^-1 z of a banded Toeplitz strategy, step by step: w_t = z_t - round(c_1 w_(t-1) +
 * ...). The last bands - 1 vectors of it are kept. Products are whole numbers in doubles, below
 * 2^53, so that only that one rounding is inexact.
 */
final class ToeplitzNoise implements NoiseShaping {
  private final int chunk;
  private final double[] numerators;
  private final int[][] past;
  private final double[] sum;
  private long step;

  /**
   * @param chunk most coordinates that are shaped at once
   */
  ToeplitzNoise(ToeplitzStrategy strategy, int dimension, int chunk) {
    this.chunk = chunk;
    numerators =
        Arrays.stream(strategy.coefficients()).map(c -> c / ToeplitzStrategy.RESOLUTION).toArray();
    past = new int[strategy.bands() - 1][dimension];
    sum = new double[past.length == 0 ? 0 : Math.min(chunk, dimension)];
  }

  @Override
  public void shape(int[] noise, int from, int count) {
    if (past.length == 0) {
      return;
    }
    addPast(from, count);
    int[] current = past[(int) (step % past.length)];
    for (int i = 0; i < count; i++) {
      noise[i] -= (int) Math.rint(sum[i] * ToeplitzStrategy.RESOLUTION);
      current[from + i] = noise[i];
    }
  }

  private void addPast(int from, int count) {
    if (count > chunk) {
      throw new IllegalArgumentException("count " + count + " is above " + chunk);
    }
    Arrays.fill(sum, 0, count, 0);
    for (int lag = 1; lag <= Math.min(step, past.length); lag++) {
      int[] row = past[(int) ((step - lag) % past.length)];
      double numerator = numerators[lag];
      for (int i = 0; i < count; i++) {
        sum[i] += numerator * row[from + i];
      }
    }
  }

  @Override
  public void endStep() {
    step++;
  }

  @Override
  public void wipe() {
    for (int[] row : past) {
      Arrays.fill(row, 0);
    }
    Arrays.fill(sum, 0);
  }
}
