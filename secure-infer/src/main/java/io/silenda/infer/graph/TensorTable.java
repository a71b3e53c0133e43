package io.silenda.infer.graph;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.silenda.infer.graph.OnnxImportException.Reason;
import io.silenda.infer.graph.Value.Computed;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The values of all tensors seen so far, by ONNX name. */
final class TensorTable {
  private final GraphBuilder builder;
  private final TensorReader reader;
  private final Map<String, TensorProto> initializers = new HashMap<>();
  private final Map<String, Value> values = new HashMap<>();

  TensorTable(GraphBuilder builder, TensorReader reader) {
    this.builder = builder;
    this.reader = reader;
  }

  GraphBuilder builder() {
    return builder;
  }

  TensorReader reader() {
    return reader;
  }

  void addInitializer(TensorProto tensor) throws OnnxImportException {
    if (tensor.getName().isEmpty() || initializers.put(tensor.getName(), tensor) != null) {
      throw new OnnxImportException(
          Reason.INVALID_GRAPH,
          "initializer " + Text.name(tensor.getName()) + " has no name or is given twice");
    }
  }

  boolean isInitializer(String name) {
    return initializers.containsKey(name);
  }

  void define(String name, Value value) throws OnnxImportException {
    if (isInitializer(name) || values.put(name, value) != null) {
      throw new OnnxImportException(
          Reason.INVALID_GRAPH, "tensor " + Text.name(name) + " is defined twice");
    }
  }

  /** The value of a tensor, if it is defined by now. */
  Optional<Value> find(String name) throws OnnxImportException {
    Value value = values.get(name);
    if (value == null && initializers.containsKey(name)) {
      value = new Value.Known(reader.read(initializers.get(name)));
      values.put(name, value);
    }
    return Optional.ofNullable(value);
  }

  /** As {@link GraphBuilder#materialise}; every later reader of the tensor gets the same node. */
  Computed materialise(String name, Computed value)
      throws OnnxImportException, UnsupportedNodeException {
    Computed node = builder.materialise(value);
    if (values.containsKey(name)) {
      values.put(name, node);
    }
    return node;
  }
}
