package io.silenda.dp.blas;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * Finds out where columns of a product are the same to the last bit wherever they stand and however
 * many there are.
 *
 * <p>Columns are records. Libraries compute blocks of columns by different kernels, which round
 * differently, at the edges of a matrix above all. If that decided about a record, one record more
 * would change the gradients of others by rounding; ReLU can make a jump of that, and the sum would
 * move by more than the clipping norm. So records stay away from both edges by a margin, in shapes
 * of a multiple of {@link #UNIT} columns.
 */
public final class RowIndependence {
  /** Batches are filled up to a multiple of this many columns. */
  public static final int UNIT = 16;

  private static final int[] MARGINS = {0, 8, 16, 32};

  private RowIndependence() {}

  /**
   * Multiplies a matrix with equal columns, for every number of them.
   *
   * @param m rows of the left matrix, after transposition
   * @param most most columns between the margins
   * @return the least margin within which all columns of all products agree; none if no margin does
   *     it
   */
  public static OptionalInt margin(
      Blas blas, int m, int k, boolean transposeA, int most, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] left = normal(random, m * k);
    float[] column = normal(random, k);
    return Arrays.stream(MARGINS)
        .filter(margin -> agree(blas, left, m, transposeA, column, most, margin))
        .findFirst();
  }

  /** Number of columns for {@code rows} records and margins. */
  public static int columns(int rows, int margin) {
    return (rows + 2 * margin + UNIT - 1) / UNIT * UNIT;
  }

  private static boolean agree(
      Blas blas, float[] left, int m, boolean transposeA, float[] column, int most, int margin) {
    float[] first = new float[0];
    for (int n = columns(1, margin); n <= columns(most, margin); n += UNIT) {
      float[] product = product(blas, left, m, column.length, transposeA, column, n);
      for (int j = margin; j < n - margin; j++) {
        float[] one = column(product, m, n, j);
        if (first.length == 0) {
          first = one;
        } else if (!Arrays.equals(one, first)) {
          return false;
        }
      }
    }
    return true;
  }

  private static float[] column(float[] product, int m, int n, int j) {
    float[] column = new float[m];
    for (int i = 0; i < m; i++) {
      column[i] = product[i * n + j];
    }
    return column;
  }

  private static float[] normal(SplittableRandom random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] product(
      Blas blas, float[] left, int m, int k, boolean transposeA, float[] column, int n) {
    float[] right = new float[k * n];
    for (int i = 0; i < right.length; i++) {
      right[i] = column[i / n];
    }
    try (FloatMemory a = blas.allocate(m * k);
        FloatMemory b = blas.allocate(k * n);
        FloatMemory c = blas.allocate(m * n)) {
      a.put(0, left, 0, m * k);
      b.put(0, right, 0, k * n);
      Matrix first = transposeA ? new Matrix(a, 0, k, m) : new Matrix(a, 0, m, k);
      blas.multiply(
          first, transposeA, new Matrix(b, 0, k, n), false, new Matrix(c, 0, m, n), false);
      float[] values = new float[m * n];
      c.get(0, values, 0, m * n);
      return values;
    }
  }
}
