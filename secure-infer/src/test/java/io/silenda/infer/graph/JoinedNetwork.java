package io.silenda.infer.graph;

import java.util.List;

/** A graph of every operator that joins or rearranges tensors, on rows of three elements. */
final class JoinedNetwork {
  private JoinedNetwork() {}

  /** {@code (reverse(x) + x + 1) · x}. */
  static Graph build() {
    TensorShape row = TensorShape.of(3);
    CompressedRows reversed =
        new CompressedRows.Builder(3, 3).add(0, 2, 1).add(1, 1, 1).add(2, 0, 1).build();
    List<Node> nodes =
        List.of(
            new Node(0, "x", new Operator.Input(), List.of(), row),
            new Node(1, "r", new SparseAffine(reversed, new double[] {1, 1, 1}), List.of(0), row),
            new Node(2, "s", new Operator.Add(), List.of(1, 0), row),
            new Node(3, "p", new Operator.Multiply(), List.of(2, 0), row));
    ClientTail tail = new ClientTail.None();
    ModelInterface names = new ModelInterface("x", row, List.of("p"), List.of(tail), "p", "p", row);
    return new Graph("joined", nodes, 0, 3, tail, names);
  }
}
