package io.silenda.infer.graph;

/** What the importer knows about one ONNX tensor. */
sealed interface Value {

  /** A tensor known at import. */
  record Known(ConstantTensor tensor) implements Value {}

  /**
   * A tensor computed from the input: a function of each element of a node's output.
   *
   * @param node index of the draft node
   * @param shape shape of a row, which may differ from the node's by a reshape
   * @param function what is applied to each element
   * @param origin display name of the ONNX node that computes it
   */
  record Computed(int node, TensorShape shape, Expression function, String origin)
      implements Value {
    Computed withShape(TensorShape newShape) {
      return new Computed(node, newShape, function, origin);
    }

    Computed withFunction(Expression newFunction, String newOrigin) {
      return new Computed(node, shape, newFunction, newOrigin);
    }
  }

  /**
   * A tensor that the client computes.
   *
   * @param core the tensor that the server sends
   * @param coreName name of that tensor
   * @param tail what the client does to it
   * @param name name of the tensor that holds the result; a map's is that of the tensor inside it
   * @param shape shape of a row
   */
  record OnClient(Computed core, String coreName, ClientTail tail, String name, TensorShape shape)
      implements Value {
    OnClient then(ClientTail next, String newName, TensorShape newShape) {
      return new OnClient(core, coreName, tail.then(next), newName, newShape);
    }
  }

  /** The result of a node that was refused, or that is no tensor. */
  record Refused() implements Value {}
}
