package io.silenda.dp.engine;

import java.util.Arrays;

/** Between one row for each record and one row for each feature. */
final class Transposition {
  private static final int BLOCK = 16;

  private Transposition() {}

  /** Column r of {@code columns} becomes row r; columns from {@code rows} to stride are zero. */
  static void transpose(float[] values, int rows, int features, float[] columns, int stride) {
    for (int first = 0; first < features; first += BLOCK) {
      int last = Math.min(features, first + BLOCK);
      for (int r = 0; r < rows; r++) {
        int at = r * features;
        for (int f = first; f < last; f++) {
          columns[f * stride + r] = values[at + f];
        }
      }
    }
    if (rows < stride) {
      for (int f = 0; f < features; f++) {
        Arrays.fill(columns, f * stride + rows, (f + 1) * stride, 0);
      }
    }
  }

  /** The way back. */
  static void restore(float[] columns, int stride, float[] values, int rows, int features) {
    restore(columns, 0, stride, values, 0, rows, features);
  }

  /** The same, from places inside of arrays. */
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
