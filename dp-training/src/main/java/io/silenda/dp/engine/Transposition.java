package io.silenda.dp.engine;

import java.util.Arrays;

/** Between one row for each record and one row for each feature. */
final class Transposition {
  private static final int BLOCK = 16;

  private Transposition() {}

  /** Row r becomes column {@code margin} + r; all other columns are zero. */
  static void transpose(
      float[] values, int rows, int features, float[] columns, int stride, int margin) {
    for (int first = 0; first < features; first += BLOCK) {
      int last = Math.min(features, first + BLOCK);
      for (int r = 0; r < rows; r++) {
        int at = r * features;
        for (int f = first; f < last; f++) {
          columns[f * stride + margin + r] = values[at + f];
        }
      }
    }
    for (int f = 0; f < features; f++) {
      Arrays.fill(columns, f * stride, f * stride + margin, 0);
      Arrays.fill(columns, f * stride + margin + rows, (f + 1) * stride, 0);
    }
  }

  /** The way back: column {@code from} + r becomes row r, from {@code to} on. */
  static void restore(
      float[] columns, int from, int stride, float[] values, int to, int rows, int features) {
    for (int first = 0; first < features; first += BLOCK) {
      int last = Math.min(features, first + BLOCK);
      for (int r = 0; r < rows; r++) {
        int at = to + r * features;
        for (int f = first; f < last; f++) {
          values[at + f] = columns[from + f * stride + r];
        }
      }
    }
  }

  /**
   * Squared norm of each column, at most γ(BLOCK) below the exact one: floats are summed over few
   * rows, doubles over those sums.
   */
  static void squaredNorms(float[] columns, int stride, int features, double[] squared) {
    float[] part = new float[stride];
    Arrays.fill(squared, 0, stride, 0);
    for (int first = 0; first < features; first += BLOCK) {
      int last = Math.min(features, first + BLOCK);
      Arrays.fill(part, 0);
      for (int f = first; f < last; f++) {
        addSquares(columns, f * stride, part);
      }
      for (int r = 0; r < stride; r++) {
        squared[r] += part[r];
      }
    }
  }

  private static void addSquares(float[] values, int at, float[] sums) {
    for (int r = 0; r < sums.length; r++) {
      sums[r] += values[at + r] * values[at + r];
    }
  }
}
