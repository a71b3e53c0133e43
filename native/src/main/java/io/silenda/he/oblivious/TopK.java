package io.silenda.he.oblivious;

import java.util.Arrays;

/**
 * The largest elements of an array in falling order, the first of equals first.
 *
 * @param values the elements
 * @param indices where they stood
 */
@SuppressWarnings("ArrayRecordComponent") // Constructor and accessors copy.
public record TopK(float[] values, int[] indices) {
  /** Copies the arrays. */
  public TopK {
    values = values.clone();
    indices = indices.clone();
  }

  @Override
  public float[] values() {
    return values.clone();
  }

  @Override
  public int[] indices() {
    return indices.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TopK that
        && Arrays.equals(values, that.values)
        && Arrays.equals(indices, that.indices);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(values) + Arrays.hashCode(indices);
  }

  /** Says nothing of the values. */
  @Override
  public String toString() {
    return "TopK[" + indices.length + "]";
  }
}
