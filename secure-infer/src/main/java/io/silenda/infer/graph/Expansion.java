package io.silenda.infer.graph;

import io.silenda.infer.graph.Value.Computed;
import java.util.Arrays;

/** Broadcasting of one computed tensor to the shape of another. */
final class Expansion {
  private Expansion() {}

  /** The shape of an element-wise result. */
  static TensorShape common(TensorShape left, TensorShape right) throws UnsupportedNodeException {
    if (left.rank() != right.rank()) {
      throw misfit(left, right);
    }
    int[] sizes = new int[left.rank()];
    for (int axis = 0; axis < sizes.length; axis++) {
      int a = left.dimension(axis);
      int b = right.dimension(axis);
      if (a != b && a != 1 && b != 1) {
        throw misfit(left, right);
      }
      sizes[axis] = Math.max(a, b);
    }
    return TensorShape.of(sizes);
  }

  private static UnsupportedNodeException misfit(TensorShape left, TensorShape right) {
    return new UnsupportedNodeException(
        "rows of shapes " + left + " and " + right + " do not fit; use Reshape");
  }

  /** The tensor repeated along axes of size 1. */
  static Computed to(NodeContext node, Computed value, TensorShape shape)
      throws OnnxImportException {
    if (value.shape().equals(shape)) {
      return value;
    }
    int[] from = sizes(value.shape());
    int[] to = sizes(shape);
    node.builder().charge(shape.elementCount());
    int[] sources = new int[shape.elementCount()];
    Arrays.setAll(sources, i -> Broadcast.sourceIndex(i, from, to));
    return RowMap.add(node, value, sources, shape);
  }

  private static int[] sizes(TensorShape shape) {
    return shape.dimensions().stream().mapToInt(size -> size).toArray();
  }
}
