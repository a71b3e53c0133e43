package io.silenda.he.oblivious;

import io.silenda.he.internal.NativeLibrary;
import io.silenda.he.internal.ObliviousNatives;

/**
 * Functions whose machine code takes the same branches and touches the same addresses for all
 * values of the same sizes. They compare floats as integers, so that subnormal numbers take no
 * longer; NaN is smaller than everything, the two zeros are equal.
 *
 * <p>A result is as secret as its input: what the caller does with it (an index into an array, a
 * comparison) is no longer protected. Results are new arrays, which the caller may wipe. The
 * functions hold no state; any thread may call them.
 */
public final class ObliviousKernels {
  private ObliviousKernels() {}

  /** max(x, 0) of each element; NaN stays NaN. */
  public static float[] relu(float[] values) {
    NativeLibrary.ensureLoaded();
    float[] out = new float[values.length];
    ObliviousNatives.relu(values, out);
    return out;
  }

  /**
   * The index of the largest element, the first of equals.
   *
   * @throws IllegalArgumentException if {@code values} is empty
   */
  public static int argMax(float[] values) {
    NativeLibrary.ensureLoaded();
    requireRange("length of values", values.length, 1, Integer.MAX_VALUE);
    return ObliviousNatives.argMax(values);
  }

  /**
   * The {@code k} largest elements; takes time proportional to {@code k} times their number.
   *
   * @throws IllegalArgumentException if {@code k} is not in [1, {@code values.length}]
   */
  public static TopK topK(float[] values, int k) {
    NativeLibrary.ensureLoaded();
    requireRange("k", k, 1, values.length);
    float[] largest = new float[k];
    int[] indices = new int[k];
    ObliviousNatives.topK(values, new long[k], largest, indices);
    return new TopK(largest, indices);
  }

  /**
   * The largest element of each window.
   *
   * @param planes channels one behind the other, each row-major
   * @throws IllegalArgumentException if {@code planes} does not have the window's sizes
   */
  public static float[] maxPool(float[] planes, PoolWindow window) {
    NativeLibrary.ensureLoaded();
    requireRange("length of planes", planes.length, window.inputCount(), window.inputCount());
    float[] out = new float[window.outputCount()];
    ObliviousNatives.maxPool(planes, window.sizes(), out);
    return out;
  }

  /**
   * A row of a table, of which every entry is read.
   *
   * @param table rows of {@code width} values
   * @param width values a row
   * @param index the secret row number
   * @throws IllegalArgumentException if there is no such row, which tells just that
   */
  public static float[] lookUp(float[] table, int width, int index) {
    NativeLibrary.ensureLoaded();
    requireRange("width", width, 1, Math.max(1, table.length));
    if (table.length % width != 0) {
      throw new IllegalArgumentException(
          "table has " + table.length + " values, no multiple of width " + width);
    }
    float[] row = new float[width];
    if (!ObliviousNatives.lookUp(table, table.length / width, index, row)) {
      throw new IllegalArgumentException(
          "index is not a row of the table, which has " + table.length / width);
    }
    return row;
  }

  private static void requireRange(String name, int value, int minimum, int maximum) {
    if (value < minimum || value > maximum) {
      throw new IllegalArgumentException(
          name + " is " + value + ", must be in [" + minimum + ", " + maximum + "]");
    }
  }
}
