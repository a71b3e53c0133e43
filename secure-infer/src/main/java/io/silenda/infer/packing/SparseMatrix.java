package io.silenda.infer.packing;

import java.util.Arrays;

/**
 * An immutable sparse matrix in compressed rows.
 *
 * <p>Convolutions become such matrices (their Toeplitz form), so that one packing serves dense and
 * convolutional layers alike.
 */
public final class SparseMatrix {
  private final int rows;
  private final int columns;
  private final int[] rowStarts;
  private final int[] columnIndices;
  private final double[] values;

  private SparseMatrix(
      int rows, int columns, int[] rowStarts, int[] columnIndices, double[] values) {
    this.rows = rows;
    this.columns = columns;
    this.rowStarts = rowStarts;
    this.columnIndices = columnIndices;
    this.values = values;
  }

  /** Receives the non-zero entries of a matrix, row by row. */
  @FunctionalInterface
  public interface EntryConsumer {
    void accept(int row, int column, double value);
  }

  /** Number of rows: the outputs. */
  public int rows() {
    return rows;
  }

  /** Number of columns: the inputs. */
  public int columns() {
    return columns;
  }

  /** Number of stored entries. */
  public int entryCount() {
    return values.length;
  }

  /** Calls {@code consumer} once for every stored entry, in row order. */
  public void forEach(EntryConsumer consumer) {
    for (int row = 0; row < rows; row++) {
      for (int i = rowStarts[row]; i < rowStarts[row + 1]; i++) {
        consumer.accept(row, columnIndices[i], values[i]);
      }
    }
  }

  /** The product of this matrix with a column of {@link #columns()} values. */
  public double[] times(double[] vector) {
    double[] product = new double[rows];
    addTimes(vector, product);
    return product;
  }

  /** Adds the product of this matrix with a column of values to {@code sum}. */
  public void addTimes(double[] vector, double[] sum) {
    requireLength(vector.length);
    for (int row = 0; row < rows; row++) {
      double total = 0;
      for (int i = rowStarts[row]; i < rowStarts[row + 1]; i++) {
        total += values[i] * vector[columnIndices[i]];
      }
      sum[row] += total;
    }
  }

  /** Adds the product of a row of {@link #rows()} values with this matrix to {@code sum}. */
  public void addTransposedTimes(double[] rowVector, double[] sum) {
    for (int row = 0; row < rows; row++) {
      double factor = rowVector[row];
      for (int i = rowStarts[row]; i < rowStarts[row + 1]; i++) {
        sum[columnIndices[i]] += factor * values[i];
      }
    }
  }

  /** The matrix product {@code this · right}: the map that applies {@code right} first. */
  public SparseMatrix times(SparseMatrix right) {
    requireLength(right.rows);
    RowSums sums = new RowSums(rows, right.columns);
    for (int row = 0; row < rows; row++) {
      for (int i = rowStarts[row]; i < rowStarts[row + 1]; i++) {
        right.addRow(columnIndices[i], values[i], sums);
      }
      sums.finishRow(row);
    }
    return sums.matrix.build();
  }

  /** The sum of two matrices of one size. */
  public SparseMatrix plus(SparseMatrix other) {
    requireLength(other.columns);
    RowSums sums = new RowSums(rows, columns);
    for (int row = 0; row < rows; row++) {
      addRow(row, 1, sums);
      other.addRow(row, 1, sums);
      sums.finishRow(row);
    }
    return sums.matrix.build();
  }

  /** Sums entries of one row at a time, in time that grows with the entries alone. */
  private static final class RowSums {
    private final Builder matrix;
    private final double[] sums;
    private final boolean[] isTouched;
    private int[] touched = new int[64];
    private int count;

    RowSums(int rows, int columns) {
      this.matrix = new Builder(rows, columns);
      this.sums = new double[columns];
      this.isTouched = new boolean[columns];
    }

    void add(int column, double value) {
      if (!isTouched[column]) {
        if (count == touched.length) {
          touched = Arrays.copyOf(touched, 2 * count);
        }
        touched[count++] = column;
        isTouched[column] = true;
      }
      sums[column] += value;
    }

    void finishRow(int row) {
      Arrays.sort(touched, 0, count);
      for (int i = 0; i < count; i++) {
        matrix.add(row, touched[i], sums[touched[i]]);
        sums[touched[i]] = 0;
        isTouched[touched[i]] = false;
      }
      count = 0;
    }
  }

  /** This matrix times a number. */
  public SparseMatrix scaled(double factor) {
    double[] scaled = new double[values.length];
    Arrays.setAll(scaled, i -> factor * values[i]);
    return new SparseMatrix(rows, columns, rowStarts, columnIndices, scaled);
  }

  private void addRow(int row, double factor, RowSums sums) {
    for (int i = rowStarts[row]; i < rowStarts[row + 1]; i++) {
      sums.add(columnIndices[i], factor * values[i]);
    }
  }

  private void requireLength(int length) {
    if (length != columns) {
      throw new IllegalArgumentException(
          "operand has " + length + " rows, this matrix has " + columns + " columns");
    }
  }

  /** Collects entries row by row; zeros are dropped. */
  public static final class Builder {
    private final int rows;
    private final int columns;
    private final int[] rowStarts;
    private int[] columnIndices = new int[64];
    private double[] values = new double[64];
    private int count;
    private int lastRow;

    /** Starts an empty matrix of the given size. */
    public Builder(int rows, int columns) {
      this.rows = rows;
      this.columns = columns;
      this.rowStarts = new int[rows + 1];
    }

    /** Adds an entry; rows must come in ascending order. */
    public Builder add(int row, int column, double value) {
      if (row < lastRow || row >= rows || column < 0 || column >= columns) {
        throw new IllegalArgumentException("entry (" + row + ", " + column + ") out of order");
      }
      if (value != 0) {
        lastRow = row;
        append(column, value);
        rowStarts[row + 1] = count;
      }
      return this;
    }

    private void append(int column, double value) {
      if (count == values.length) {
        columnIndices = Arrays.copyOf(columnIndices, 2 * count);
        values = Arrays.copyOf(values, 2 * count);
      }
      columnIndices[count] = column;
      values[count++] = value;
    }

    /** The matrix with the entries added so far. */
    public SparseMatrix build() {
      int[] starts = rowStarts.clone();
      for (int row = 1; row <= rows; row++) {
        starts[row] = Math.max(starts[row], starts[row - 1]);
      }
      return new SparseMatrix(
          rows, columns, starts, Arrays.copyOf(columnIndices, count), Arrays.copyOf(values, count));
    }
  }
}
