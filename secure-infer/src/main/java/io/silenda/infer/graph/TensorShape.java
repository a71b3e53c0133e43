package io.silenda.infer.graph;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of one row of a tensor: every axis but the batch axis, outermost first.
 *
 * @param dimensions sizes, each at least 1; empty for one number a row
 */
public record TensorShape(List<Integer> dimensions) {
  /** Most elements one row of a tensor may have: 2^24. */
  public static final int MAX_ELEMENTS = 1 << 24;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if a size is below 1 or the product is above {@link
   *     #MAX_ELEMENTS}
   */
  public TensorShape {
    dimensions = List.copyOf(dimensions);
    long product = 1;
    for (int dimension : dimensions) {
      if (dimension < 1) {
        throw new IllegalArgumentException("dimension is " + dimension + ", must be at least 1");
      }
      product *= dimension;
      if (product > MAX_ELEMENTS) {
        throw new IllegalArgumentException(
            "shape " + dimensions + " has more than " + MAX_ELEMENTS + " elements a row");
      }
    }
  }

  /** The shape with these sizes. */
  public static TensorShape of(int... dimensions) {
    return new TensorShape(Arrays.stream(dimensions).boxed().toList());
  }

  /** Number of axes, the batch axis not counted. */
  public int rank() {
    return dimensions.size();
  }

  /** Size of axis {@code axis}, counted from 0 after the batch axis. */
  public int dimension(int axis) {
    return dimensions.get(axis);
  }

  /** Number of elements of one row. */
  public int elementCount() {
    int product = 1;
    for (int dimension : dimensions) {
      product *= dimension;
    }
    return product;
  }

  /** Sizes joined by {@code x}, such as {@code 1x28x28}. */
  @Override
  public String toString() {
    return dimensions.isEmpty()
        ? "scalar"
        : dimensions.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
