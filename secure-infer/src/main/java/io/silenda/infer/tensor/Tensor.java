package io.silenda.infer.tensor;

import java.util.Arrays;

/**
 * An immutable tensor of 32-bit floats in row-major order. The first axis counts rows; a row is
 * everything below one index of it. Safe for use by several threads.
 */
public final class Tensor {
  private final int[] shape;
  private final float[] values;

  private Tensor(int[] shape, float[] values) {
    this.shape = shape;
    this.values = values;
  }

  /**
   * A tensor with copies of these arrays.
   *
   * @param shape at least one axis, each at least 1
   * @param values as many as the product of {@code shape}
   * @throws IllegalArgumentException if the sizes are out of range or do not fit the values
   */
  public static Tensor of(int[] shape, float[] values) {
    return adopt(shape.clone(), values.clone());
  }

  /** As {@link #of}, without the copies: the caller gives the arrays away. */
  static Tensor adopt(int[] shape, float[] values) {
    requireProduct(shape, values.length);
    return new Tensor(shape, values);
  }

  /** A copy of the sizes of all axes, rows first. */
  public int[] shape() {
    return shape.clone();
  }

  /** Number of rows: the size of the first axis. */
  public int rows() {
    return shape[0];
  }

  /** Number of values in a row. */
  public int rowSize() {
    return values.length / shape[0];
  }

  /** A copy of all values. */
  public float[] values() {
    return values.clone();
  }

  /** The value at a position in the flattened tensor. */
  public float value(int index) {
    return values[index];
  }

  /**
   * A copy of one row.
   *
   * @throws IllegalArgumentException if {@code row} is not in [0, rows)
   */
  public float[] row(int row) {
    if (row < 0 || row >= rows()) {
      throw new IllegalArgumentException("row is " + row + ", must be in [0, " + rows() + ")");
    }
    return Arrays.copyOfRange(values, row * rowSize(), (row + 1) * rowSize());
  }

  /**
   * The rows from {@code from} up to, not including, {@code to}.
   *
   * @throws IllegalArgumentException unless 0 ≤ from &lt; to ≤ rows
   */
  public Tensor rows(int from, int to) {
    if (from < 0 || to > rows() || from >= to) {
      throw new IllegalArgumentException(
          "rows are " + from + ":" + to + ", must be a part of 0:" + rows() + " with a row in it");
    }
    int[] part = shape.clone();
    part[0] = to - from;
    return new Tensor(part, Arrays.copyOfRange(values, from * rowSize(), to * rowSize()));
  }

  /**
   * The same values under another shape.
   *
   * @throws IllegalArgumentException if the product of {@code newShape} is another one
   */
  public Tensor reshaped(int... newShape) {
    requireProduct(newShape, values.length);
    return new Tensor(newShape.clone(), values);
  }

  private static void requireProduct(int[] shape, int length) {
    long product = shape.length == 0 ? -1 : 1;
    for (int size : shape) {
      if (size < 1) {
        throw new IllegalArgumentException(
            "shape is " + Arrays.toString(shape) + ", each size must be at least 1");
      }
      product = Math.min(product * size, Integer.MAX_VALUE + 1L);
    }
    if (product != length) {
      throw new IllegalArgumentException(
          "shape is " + Arrays.toString(shape) + ", must hold exactly " + length + " values");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
  }

  /** The shape, never the values. */
  @Override
  public String toString() {
    return "Tensor" + Arrays.toString(shape);
  }
}
