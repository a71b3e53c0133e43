package io.silenda.infer.graph;

import io.silenda.infer.graph.Value.Computed;

/** Copies of elements to other places, as a {@link SparseAffine} of ones. */
final class RowMap {
  private RowMap() {}

  /**
   * Adds a node whose element {@code i} is element {@code sources[i]} of {@code value}.
   *
   * @param sources positions in a flattened row; negative for zero
   */
  static Computed add(NodeContext node, Computed value, int[] sources, TensorShape shape)
      throws OnnxImportException {
    return add(node, value, sources, 0, shape);
  }

  /** The same, with another number than zero where a source is negative. */
  static Computed add(
      NodeContext node, Computed value, int[] sources, double filling, TensorShape shape)
      throws OnnxImportException {
    node.builder().charge(3L * sources.length);
    CompressedRows.Builder ones =
        new CompressedRows.Builder(sources.length, value.shape().elementCount());
    double[] bias = new double[sources.length];
    for (int i = 0; i < sources.length; i++) {
      if (sources[i] < 0) {
        bias[i] = filling;
      } else {
        ones.add(i, sources[i], 1);
      }
    }
    return node.builder()
        .addLinear(node.name(), new SparseAffine(ones.build(), bias), value, shape);
  }
}
