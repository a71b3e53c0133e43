package io.silenda.infer.graph;

import java.util.Arrays;

/** A tensor that is known at import: real numbers, or integers such as a target shape. */
final class ConstantTensor {
  /** Stands in a computed shape for the size of the batch axis, which is not known. */
  static final long BATCH = Long.MIN_VALUE;

  private final int[] dimensions;
  private final boolean integral;
  private final double[] reals;
  private final long[] integers;

  private ConstantTensor(int[] dimensions, boolean integral, double[] reals, long[] integers) {
    long product = 1;
    for (int dimension : dimensions) {
      product = Math.multiplyExact(product, dimension);
    }
    if (product != (integral ? integers.length : reals.length)) {
      throw new IllegalArgumentException("dimensions " + Arrays.toString(dimensions));
    }
    this.dimensions = dimensions;
    this.integral = integral;
    this.reals = reals;
    this.integers = integers;
  }

  /** Real numbers; the arrays are given away. */
  static ConstantTensor ofReals(int[] dimensions, double[] values) {
    return new ConstantTensor(dimensions, false, values, new long[0]);
  }

  /** Integers; the arrays are given away. */
  static ConstantTensor ofIntegers(int[] dimensions, long[] values) {
    return new ConstantTensor(dimensions, true, new double[0], values);
  }

  /** The same values under other dimensions of the same product. */
  ConstantTensor withDimensions(int... newDimensions) {
    return new ConstantTensor(newDimensions, integral, reals, integers);
  }

  int rank() {
    return dimensions.length;
  }

  int dimension(int axis) {
    return dimensions[axis];
  }

  int[] dimensions() {
    return dimensions.clone();
  }

  int size() {
    return integral ? integers.length : reals.length;
  }

  boolean isIntegral() {
    return integral;
  }

  boolean isScalar() {
    return size() == 1;
  }

  double real(int index) {
    return integral ? (double) integers[index] : reals[index];
  }

  long integer(int index) {
    return integral ? integers[index] : (long) reals[index];
  }

  /** A new array of all values. */
  double[] toReals() {
    return integral ? Arrays.stream(integers).asDoubleStream().toArray() : reals.clone();
  }

  /** A new array of all values, truncated towards zero. */
  long[] toIntegers() {
    return integral ? integers.clone() : Arrays.stream(reals).mapToLong(x -> (long) x).toArray();
  }

  boolean mentionsBatch() {
    return Arrays.stream(integers).anyMatch(value -> value == BATCH);
  }

  String describe() {
    return Arrays.toString(dimensions);
  }
}
