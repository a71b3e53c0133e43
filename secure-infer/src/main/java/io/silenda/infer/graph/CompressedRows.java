package io.silenda.infer.graph;

import java.util.Arrays;

/** An immutable sparse matrix of doubles in compressed rows, columns of a row ascending. */
public final class CompressedRows {
  private final int columns;
  private final int[] rowStarts;
  private final int[] columnIndices;
  private final double[] values;

  private CompressedRows(int columns, int[] rowStarts, int[] columnIndices, double[] values) {
    this.columns = columns;
    this.rowStarts = rowStarts;
    this.columnIndices = columnIndices;
    this.values = values;
  }

  /** Receives the stored entries of a matrix. */
  @FunctionalInterface
  public interface EntryConsumer {
    /** One entry; rows and columns count from 0. */
    void accept(int row, int column, double value);
  }

  /** Number of rows: the outputs. */
  public int rows() {
    return rowStarts.length - 1;
  }

  /** Number of columns: the inputs. */
  public int columns() {
    return columns;
  }

  /** Number of stored entries; no other entry differs from 0. */
  public int entryCount() {
    return values.length;
  }

  /** Calls {@code consumer} once for every stored entry, by row and then by column. */
  public void forEach(EntryConsumer consumer) {
    for (int row = 0; row < rows(); row++) {
      for (int i = rowStarts[row]; i < rowStarts[row + 1]; i++) {
        consumer.accept(row, columnIndices[i], values[i]);
      }
    }
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
    double[] product = new double[rows()];
    forEach((row, column, value) -> product[row] += value * vector[column]);
    return product;
  }

  /** The same positions with other values: {@code function} of row, column and value. */
  CompressedRows map(EntryFunction function) {
    double[] mapped = new double[values.length];
    for (int row = 0; row < rows(); row++) {
      for (int i = rowStarts[row]; i < rowStarts[row + 1]; i++) {
        mapped[i] = function.apply(row, columnIndices[i], values[i]);
      }
    }
    return new CompressedRows(columns, rowStarts, columnIndices, mapped);
  }

  /** A new value for an entry. */
  @FunctionalInterface
  interface EntryFunction {
    double apply(int row, int column, double value);
  }

  boolean isFinite() {
    return Arrays.stream(values).allMatch(Double::isFinite);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CompressedRows that
        && columns == that.columns
        && Arrays.equals(rowStarts, that.rowStarts)
        && Arrays.equals(columnIndices, that.columnIndices)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    int positions = 31 * Arrays.hashCode(rowStarts) + Arrays.hashCode(columnIndices);
    return 31 * (31 * positions + columns) + Arrays.hashCode(values);
  }

  /** The size, never the values. */
  @Override
  public String toString() {
    return rows() + "x" + columns + " matrix, " + values.length + " entries";
  }

  /** Collects entries in ascending order of rows and, within a row, of columns. */
  public static final class Builder {
    private final int columns;
    private final int[] rowStarts;
    private int[] columnIndices = new int[64];
    private double[] values = new double[64];
    private int count;
    private int lastRow;
    private int lastColumn = -1;

    /**
     * Starts a matrix of zeros.
     *
     * @throws IllegalArgumentException if a size is below 1
     */
    public Builder(int rows, int columns) {
      if (rows < 1 || columns < 1) {
        throw new IllegalArgumentException(
            "rows and columns are " + rows + " and " + columns + ", must be at least 1");
      }
      this.columns = columns;
      this.rowStarts = new int[rows + 1];
    }

    /**
     * Adds an entry; a zero is dropped.
     *
     * @throws IllegalArgumentException if the position lies outside the matrix or not behind the
     *     one before
     */
    public Builder add(int row, int column, double value) {
      boolean inside = row < rowStarts.length - 1 && column >= 0 && column < columns;
      boolean behind = row > lastRow || (row == lastRow && column > lastColumn);
      if (!inside || !behind) {
        throw new IllegalArgumentException("entry (" + row + ", " + column + ") out of order");
      }
      lastRow = row;
      lastColumn = column;
      if (value != 0) {
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
    public CompressedRows build() {
      int[] starts = rowStarts.clone();
      for (int row = 1; row < starts.length; row++) {
        starts[row] = Math.max(starts[row], starts[row - 1]);
      }
      return new CompressedRows(
          columns, starts, Arrays.copyOf(columnIndices, count), Arrays.copyOf(values, count));
    }
  }
}
