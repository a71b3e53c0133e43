package io.silenda.infer.graph;

/** Arithmetic on two constants. */
final class ConstantArithmetic {
  private ConstantArithmetic() {}

  /** The result, for operands one of which has the shape of the result. */
  static ConstantTensor apply(
      NodeContext node, Arithmetic operation, ConstantTensor a, ConstantTensor b)
      throws OnnxImportException, UnsupportedNodeException {
    int rank = Math.max(a.rank(), b.rank());
    int[] left = Broadcast.aligned(a.dimensions(), 0, rank);
    int[] right = Broadcast.aligned(b.dimensions(), 0, rank);
    ConstantTensor larger = a.size() >= b.size() ? a : b;
    int[] target = Broadcast.aligned(larger.dimensions(), 0, rank);
    for (int axis = 0; axis < rank; axis++) {
      if ((left[axis] != 1 && left[axis] != target[axis])
          || (right[axis] != 1 && right[axis] != target[axis])) {
        throw new UnsupportedNodeException(
            "constants of shapes " + a.describe() + " and " + b.describe() + " do not fit");
      }
    }
    node.builder().charge(larger.size());
    if (a.isIntegral() && b.isIntegral()) {
      return integers(node, operation, a, b, new int[][] {left, right, target});
    }
    double[] values = new double[larger.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          operation.apply(
              a.real(Broadcast.sourceIndex(i, left, target)),
              b.real(Broadcast.sourceIndex(i, right, target)));
    }
    return ConstantTensor.ofReals(target, values);
  }

  private static ConstantTensor integers(
      NodeContext node, Arithmetic operation, ConstantTensor a, ConstantTensor b, int[][] shapes)
      throws OnnxImportException, UnsupportedNodeException {
    if (a.mentionsBatch() || b.mentionsBatch()) {
      throw new UnsupportedNodeException("arithmetic on the number of rows");
    }
    long[] values = new long[Math.max(a.size(), b.size())];
    try {
      for (int i = 0; i < values.length; i++) {
        values[i] =
            operation.apply(
                a.integer(Broadcast.sourceIndex(i, shapes[0], shapes[2])),
                b.integer(Broadcast.sourceIndex(i, shapes[1], shapes[2])));
      }
    } catch (ArithmeticException e) {
      throw node.invalid("overflows or divides by zero");
    }
    return ConstantTensor.ofIntegers(shapes[2], values);
  }
}
