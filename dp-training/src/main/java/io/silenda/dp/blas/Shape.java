package io.silenda.dp.blas;

/** Sizes of a product, checked: c is m x n, with sums of k terms. */
record Shape(int m, int n, int k) {
  static Shape of(Matrix a, boolean transposeA, Matrix b, boolean transposeB, Matrix c) {
    int m = transposeA ? a.columns() : a.rows();
    int k = transposeA ? a.rows() : a.columns();
    int n = transposeB ? b.rows() : b.columns();
    if (k != (transposeB ? b.columns() : b.rows()) || c.rows() != m || c.columns() != n) {
      throw new IllegalArgumentException(
          "a product of "
              + text(a, transposeA)
              + " and "
              + text(b, transposeB)
              + " is no "
              + text(c, false));
    }
    return new Shape(m, n, k);
  }

  private static String text(Matrix matrix, boolean transposed) {
    return matrix.rows() + " x " + matrix.columns() + (transposed ? " transposed" : "");
  }
}
