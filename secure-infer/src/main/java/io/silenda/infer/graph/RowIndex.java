package io.silenda.infer.graph;

import java.util.Arrays;

/** Positions in a flattened, row-major row. */
final class RowIndex {
  private final int[] sizes;
  private final int[] strides;

  RowIndex(int... sizes) {
    this.sizes = sizes;
    this.strides = new int[sizes.length];
    int stride = 1;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= sizes[axis];
    }
  }

  static RowIndex of(TensorShape shape) {
    return new RowIndex(shape.dimensions().stream().mapToInt(size -> size).toArray());
  }

  int[] sizes() {
    return sizes.clone();
  }

  int count() {
    return Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
  }

  /** The position at these coordinates. */
  int position(int[] coordinates) {
    int position = 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      position += coordinates[axis] * strides[axis];
    }
    return position;
  }

  /** The coordinate along one axis of a position. */
  int coordinate(int position, int axis) {
    return position / strides[axis] % sizes[axis];
  }

  /** The coordinates of a position. */
  int[] coordinates(int position) {
    int[] coordinates = new int[sizes.length];
    Arrays.setAll(coordinates, axis -> coordinate(position, axis));
    return coordinates;
  }
}
