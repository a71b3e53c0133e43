package io.silenda.infer.graph;

import io.silenda.infer.graph.Value.Computed;
import io.silenda.infer.graph.Value.OnClient;
import java.util.Map;

/** Nodes that the client runs after decryption. */
final class TailImporters {
  private TailImporters() {}

  static Map<String, NodeImporter> all() {
    return Map.of(
        "Softmax",
        node -> softmax(node, new ClientTail.Softmax()),
        "LogSoftmax",
        node -> softmax(node, new ClientTail.LogSoftmax()),
        "ArgMax",
        TailImporters::argMax,
        "TopK",
        TailImporters::topK);
  }

  /** Adds a step that keeps the shape. */
  static Value append(NodeContext node, ClientTail step)
      throws OnnxImportException, UnsupportedNodeException {
    OnClient input = onClient(node, 0);
    return input.then(step, node.outputName(0), input.shape());
  }

  /** An input as a tensor of the client's; one that the server computes becomes the core tensor. */
  static OnClient onClient(NodeContext node, int index)
      throws OnnxImportException, UnsupportedNodeException {
    if (!node.runsOnClient()) {
      throw new UnsupportedNodeException("supported only at the end of a model, on the client");
    }
    if (node.input(index) instanceof OnClient value) {
      return value;
    }
    Computed core = node.materialised(index);
    String name = node.inputName(index);
    return new OnClient(core, name, new ClientTail.None(), name, core.shape());
  }

  private static Value softmax(NodeContext node, ClientTail step)
      throws OnnxImportException, UnsupportedNodeException {
    OnClient input = onClient(node, 0);
    boolean flattens = node.opset() < 13;
    long axis = node.attributes().integer("axis", flattens ? 1 : -1);
    // Before operator set 13, axis 1 meant all elements of a row.
    if (!(flattens && axis == 1)) {
      requireWholeRow(input.shape(), axis);
    }
    return input.then(step, node.outputName(0), input.shape());
  }

  private static Value argMax(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    OnClient input = onClient(node, 0);
    requireWholeRow(input.shape(), node.attributes().integer("axis", 0));
    if (node.attributes().integer("select_last_index", 0) != 0) {
      throw new UnsupportedNodeException("select_last_index must be 0");
    }
    return input.then(new ClientTail.ArgMax(), node.outputName(0), TensorShape.of(1));
  }

  private static Value topK(NodeContext node) throws OnnxImportException, UnsupportedNodeException {
    OnClient input = onClient(node, 0);
    requireWholeRow(input.shape(), node.attributes().integer("axis", -1));
    long count =
        node.hasInput(1)
            ? node.constant(1, "the count").integer(0)
            : node.attributes().integer("k", 0);
    if (count < 1 || count > input.shape().elementCount()) {
      throw node.invalid("asks for " + count + " of " + input.shape());
    }
    if (node.attributes().integer("sorted", 1) == 0) {
      throw new UnsupportedNodeException("sorted must be 1");
    }
    boolean largest = node.attributes().integer("largest", 1) != 0;
    TensorShape shape = TensorShape.of((int) count);
    ClientTail indices = new ClientTail.TopK((int) count, largest, true);
    ClientTail values = new ClientTail.TopK((int) count, largest, false);
    node.setOutput(1, input.then(indices, node.outputName(1), shape));
    return input.then(values, node.outputName(0), shape);
  }

  /** Refuses an axis along which a row has several vectors, or rows are mixed. */
  private static void requireWholeRow(TensorShape shape, long axis)
      throws UnsupportedNodeException {
    long position = (axis < 0 ? axis + shape.rank() + 1 : axis) - 1;
    if (position < 0
        || position >= shape.rank()
        || shape.dimension((int) position) != shape.elementCount()) {
      throw new UnsupportedNodeException("it must act on all elements of a row");
    }
  }
}
