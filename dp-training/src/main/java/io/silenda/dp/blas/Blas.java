package io.silenda.dp.blas;

/**
 * The products that training spends its time in. One thread at a time.
 *
 * <p>Privacy relies on two properties. Every sum of n products is computed in some order in floats,
 * with or without fused multiplications, so that its error is at most γ(n) = n u / (1 - n u) times
 * the sum of magnitudes (Higham 2002, section 3.1). And a row of a product depends on the same row
 * of the left matrix alone, not on its place or on other rows; {@link RowIndependence} checks it.
 */
public interface Blas {
  /** Name of the implementation. */
  String name();

  /** Zeroed memory for this implementation. */
  FloatMemory allocate(int length);

  /**
   * c = op(a) op(b), or c += op(a) op(b).
   *
   * @throws IllegalArgumentException if shapes do not fit
   */
  void multiply(
      Matrix a, boolean transposeA, Matrix b, boolean transposeB, Matrix c, boolean accumulate);

  /** Sum of the squares of {@code count} numbers from {@code offset} on. */
  float squaredNorm(FloatMemory memory, int offset, int count);

  /**
   * OpenBLAS where its library loads, else plain Java; {@code -Dsilenda.blas=openblas|java} asks
   * for one of them.
   *
   * @throws IllegalStateException if OpenBLAS was asked for and does not load
   */
  static Blas chosen() {
    return BlasChoice.CHOSEN;
  }

  /** The plain Java implementation. */
  static Blas java() {
    return new JavaBlas();
  }

  /**
   * OpenBLAS on one thread.
   *
   * @throws IllegalStateException if its library does not load
   */
  static Blas openBlas() {
    return new OpenBlas();
  }
}
