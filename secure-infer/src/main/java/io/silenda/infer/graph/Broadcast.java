package io.silenda.infer.graph;

import java.util.Arrays;

/** ONNX's multidirectional broadcasting, as far as the larger operand's shape is the result's. */
final class Broadcast {
  private Broadcast() {}

  /**
   * A constant spread over one row: one value for each channel of an image where that is enough,
   * else one for each element.
   */
  static double[] toRow(NodeContext node, ConstantTensor constant, TensorShape row)
      throws OnnxImportException, UnsupportedNodeException {
    int[] dimensions = constant.dimensions();
    int rank = row.rank();
    boolean batch = dimensions.length == rank + 1;
    if (dimensions.length > rank + 1 || (batch && dimensions[0] != 1)) {
      throw new UnsupportedNodeException("its constant must be the same for every row");
    }
    int[] target = row.dimensions().stream().mapToInt(d -> d).toArray();
    int[] aligned = aligned(dimensions, batch ? 1 : 0, rank);
    boolean perChannel = rank == 3 && aligned[1] == 1 && aligned[2] == 1;
    if (perChannel) {
      target[1] = 1;
      target[2] = 1;
    }
    requireFits(aligned, target, constant);
    node.builder().charge(3L * row.elementCount());
    return spread(constant, aligned, target);
  }

  /** The dimensions from {@code skip} on, filled up with ones in front. */
  static int[] aligned(int[] dimensions, int skip, int rank) {
    int[] aligned = new int[rank];
    Arrays.fill(aligned, 1);
    int count = dimensions.length - skip;
    System.arraycopy(dimensions, skip, aligned, rank - count, count);
    return aligned;
  }

  private static void requireFits(int[] aligned, int[] target, ConstantTensor constant)
      throws UnsupportedNodeException {
    for (int axis = 0; axis < target.length; axis++) {
      if (aligned[axis] != 1 && aligned[axis] != target[axis]) {
        throw new UnsupportedNodeException(
            "its constant of shape " + constant.describe() + " does not fit the tensor");
      }
    }
  }

  /** The values of a constant, broadcast to {@code target}. */
  static double[] spread(ConstantTensor constant, int[] aligned, int[] target) {
    int size = 1;
    for (int dimension : target) {
      size *= dimension;
    }
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = constant.real(sourceIndex(i, aligned, target));
    }
    return values;
  }

  /** Where element {@code index} of {@code target} lies in a tensor of shape {@code aligned}. */
  static int sourceIndex(int index, int[] aligned, int[] target) {
    int source = 0;
    int stride = 1;
    int rest = index;
    for (int axis = target.length - 1; axis >= 0; axis--) {
      int position = rest % target[axis];
      rest /= target[axis];
      source += aligned[axis] == 1 ? 0 : position * stride;
      stride *= aligned[axis];
    }
    return source;
  }
}
