package io.silenda.infer.enclave.outsource;

import java.util.Arrays;

/** {@code y = W·x} with an integer matrix. Immutable. */
public final class DenseMap implements FieldMap {
  /** A weight below 2^15 times a residue: so many products fit a long. */
  private static final int UNREDUCED_TERMS = 1 << 16;

  private final int rows;
  private final int columns;
  private final int[] weights;

  /**
   * A matrix.
   *
   * @param rows outputs
   * @param columns inputs
   * @param weights row by row, each below 2^15 in magnitude
   */
  public DenseMap(int rows, int columns, int[] weights) {
    if (rows < 1 || columns < 1 || (long) rows * columns != weights.length) {
      throw new IllegalArgumentException(
          "weights has length " + weights.length + ", must be " + rows + " * " + columns);
    }
    this.rows = rows;
    this.columns = columns;
    this.weights = Weights.requireSmall(weights.clone());
  }

  @Override
  public int inputSize() {
    return columns;
  }

  @Override
  public int outputSize() {
    return rows;
  }

  @Override
  public long largestRowSum() {
    return Weights.largestRowSum(weights, columns);
  }

  /** The weight of an output for an input. */
  public int weight(int row, int column) {
    return weights[row * columns + column];
  }

  @Override
  public int[] apply(PrimeField field, int[] values, int from) {
    int[] image = new int[rows];
    for (int row = 0; row < rows; row++) {
      long sum = 0;
      for (int column = 0; column < columns; column++) {
        sum += (long) weights[row * columns + column] * values[from + column];
        if ((column + 1) % UNREDUCED_TERMS == 0) {
          sum %= field.modulus();
        }
      }
      image[row] = field.reduce(sum);
    }
    return image;
  }

  @Override
  public int[] applyTransposed(PrimeField field, int[] values) {
    long[] sums = new long[columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        sums[column] += (long) weights[row * columns + column] * values[row];
      }
      if ((row + 1) % UNREDUCED_TERMS == 0) {
        Arrays.setAll(sums, i -> sums[i] % field.modulus());
      }
    }
    return Arrays.stream(sums).mapToInt(field::reduce).toArray();
  }
}
