package io.silenda.dp.blas;

/**
 * A matrix that lies in memory row by row, a view that owns nothing.
 *
 * @param offset place of the first number
 * @param stride distance between rows, at least the number of columns
 */
public record Matrix(FloatMemory memory, int offset, int rows, int columns, int stride) {
  /** Checks that it lies inside of the memory. */
  public Matrix {
    if (offset < 0
        || rows < 1
        || columns < 1
        || stride < columns
        || offset + (rows - 1L) * stride + columns > memory.length()) {
      throw new IllegalArgumentException(
          rows + " x " + columns + " from " + offset + " on is not within " + memory.length());
    }
  }

  /** Without gaps between rows. */
  public Matrix(FloatMemory memory, int offset, int rows, int columns) {
    this(memory, offset, rows, columns, columns);
  }
}
