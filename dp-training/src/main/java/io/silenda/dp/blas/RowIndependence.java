package io.silenda.dp.blas;

import java.util.SplittableRandom;

/**
 * Checks that a column of a product is the same to the last bit wherever it stands and however many
 * columns there are, for numbers of columns that are multiples of {@link #UNIT}.
 *
 * <p>Columns are records. Libraries take blocks of different kernels, so that this holds for some
 * shapes and not for others; where it does not, one record changes the gradients of others by
 * rounding, ReLU makes a jump of that, and the sum moves by more than the clipping norm.
 */
public final class RowIndependence {
  /** Batches are filled up to a multiple of this many records. */
  public static final int UNIT = 32;

  private RowIndependence() {}

  /**
   * Multiplies a matrix with equal columns, for every number of them.
   *
   * @param m rows of the left matrix, after transposition
   * @param most largest number of columns, a multiple of {@link #UNIT}
   * @return whether all columns of all products agree
   */
  public static boolean holds(Blas blas, int m, int k, boolean transposeA, int most, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] left = normal(random, m * k);
    float[] column = normal(random, k);
    float[] first = new float[m];
    for (int n = UNIT; n <= most; n += UNIT) {
      float[] product = product(blas, left, m, k, transposeA, column, n);
      for (int i = 0; i < m * n; i++) {
        if (n == UNIT && i % n == 0) {
          first[i / n] = product[i];
        }
        if (product[i] != first[i / n]) {
          return false;
        }
      }
    }
    return true;
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
