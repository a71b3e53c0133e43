package io.silenda.infer.graph;

import java.util.Arrays;

/** An immutable dense matrix of doubles. */
public final class Matrix {
  private static final int LANES = 4;

  private final int rows;
  private final int columns;
  private final double[] values;

  private Matrix(int rows, int columns, double[] values) {
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  /**
   * The matrix with these values, row by row.
   *
   * @throws IllegalArgumentException if a size is below 1 or {@code values} has another length than
   *     {@code rows * columns}
   */
  public static Matrix of(int rows, int columns, double[] values) {
    return adopt(rows, columns, values.clone());
  }

  /** As {@link #of}, without the copy: the caller gives the array away. */
  static Matrix adopt(int rows, int columns, double[] values) {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "rows and columns are " + rows + " and " + columns + ", must be at least 1");
    }
    if ((long) rows * columns != values.length) {
      throw new IllegalArgumentException(
          "values has length " + values.length + ", must be " + rows + " * " + columns);
    }
    return new Matrix(rows, columns, values);
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** Number of columns. */
  public int columns() {
    return columns;
  }

  /**
   * The value in row {@code row} and column {@code column}, both from 0.
   *
   * @throws IndexOutOfBoundsException if there is no such row or column
   */
  public double get(int row, int column) {
    if (row < 0 || row >= rows || column < 0 || column >= columns) {
      throw new IndexOutOfBoundsException("(" + row + ", " + column + ") lies outside a " + this);
    }
    return values[row * columns + column];
  }

  /** A copy of row {@code row}. */
  public double[] row(int row) {
    if (row < 0 || row >= rows) {
      throw new IndexOutOfBoundsException("row " + row + " lies outside a " + this);
    }
    return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
  }

  /** A copy of all values, row by row. */
  public double[] values() {
    return values.clone();
  }

  /**
   * This matrix times a column vector.
   *
   * @throws IllegalArgumentException if {@code vector} has another length than {@link #columns()}
   */
  public double[] times(double[] vector) {
    if (vector.length != columns) {
      throw new IllegalArgumentException(
          "vector has length " + vector.length + ", must be " + columns);
    }
    double[] product = new double[rows];
    int row = 0;
    for (; row + LANES <= rows; row += LANES) {
      timesLanes(row, vector, product);
    }
    for (; row < rows; row++) {
      double sum = 0;
      for (int column = 0; column < columns; column++) {
        sum += values[row * columns + column] * vector[column];
      }
      product[row] = sum;
    }
    return product;
  }

  /** Four rows at once, each summed in order: an addition need not wait for the one before. */
  private void timesLanes(int row, double[] vector, double[] product) {
    int start = row * columns;
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    for (int column = 0; column < columns; column++) {
      double x = vector[column];
      first += values[start + column] * x;
      second += values[start + columns + column] * x;
      third += values[start + 2 * columns + column] * x;
      fourth += values[start + 3 * columns + column] * x;
    }
    product[row] = first;
    product[row + 1] = second;
    product[row + 2] = third;
    product[row + 3] = fourth;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Matrix that
        && rows == that.rows
        && columns == that.columns
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * rows + columns) + Arrays.hashCode(values);
  }

  /** The size, never the values. */
  @Override
  public String toString() {
    return rows + "x" + columns + " matrix";
  }
}
