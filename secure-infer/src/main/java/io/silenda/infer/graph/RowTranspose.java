package io.silenda.infer.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Transpositions that leave the elements of a row in their order. */
final class RowTranspose {
  private RowTranspose() {}

  /** Whether a permutation of axes changes the order of elements. */
  static boolean movesElements(TensorShape shape, long[] permutation) {
    long last = 0;
    for (long axis : permutation) {
      if (axis > 0 && axis <= shape.rank() && shape.dimension((int) axis - 1) > 1) {
        if (axis < last) {
          return true;
        }
        last = axis;
      }
    }
    return false;
  }

  /** The shape after a permutation of all axes, of which axis 0 is the batch axis. */
  static TensorShape resolve(TensorShape shape, long[] permutation)
      throws UnsupportedNodeException {
    if (permutation.length != shape.rank() + 1 || permutation[0] != 0) {
      throw new UnsupportedNodeException("it must leave the batch axis first");
    }
    List<Integer> sizes = new ArrayList<>();
    Set<Long> seen = new HashSet<>(Set.of(0L));
    long last = 0;
    for (int i = 1; i < permutation.length; i++) {
      long axis = permutation[i];
      if (axis < 1 || axis > shape.rank() || !seen.add(axis)) {
        throw new UnsupportedNodeException("perm must name every axis once");
      }
      int size = shape.dimension((int) axis - 1);
      if (size > 1 && axis < last) {
        throw new UnsupportedNodeException(
            "on the client it may only move axes of size 1; transpose before it");
      }
      last = size > 1 ? axis : last;
      sizes.add(size);
    }
    return new TensorShape(sizes);
  }
}
