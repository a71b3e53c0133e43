package io.silenda.infer.graph;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.silenda.infer.graph.OnnxImportException.Reason;
import io.silenda.infer.graph.Value.Computed;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** One ONNX node and what its importer may ask about it. */
final class NodeContext {
  private final NodeProto node;
  private final String name;
  private final TensorTable tensors;
  private final Attributes attributes;
  private final ImportSettings settings;
  private final Map<Integer, Value> furtherOutputs = new HashMap<>();

  /**
   * What holds for the whole model.
   *
   * @param opset version of the default operator set
   * @param fixedBatch size of the batch axis where the model fixes it
   * @param nodeRunsOnClient whether nothing on the server needs this node's result
   */
  record ImportSettings(long opset, OptionalInt fixedBatch, boolean nodeRunsOnClient) {}

  NodeContext(NodeProto node, String name, TensorTable tensors, ImportSettings settings)
      throws OnnxImportException {
    this.node = node;
    this.name = name;
    this.tensors = tensors;
    this.settings = settings;
    this.attributes = new Attributes(node, name);
  }

  /** Display name. */
  String name() {
    return name;
  }

  String operatorType() {
    return node.getOpType();
  }

  Attributes attributes() {
    return attributes;
  }

  GraphBuilder builder() {
    return tensors.builder();
  }

  TensorReader reader() {
    return tensors.reader();
  }

  long opset() {
    return settings.opset();
  }

  OptionalInt fixedBatch() {
    return settings.fixedBatch();
  }

  boolean runsOnClient() {
    return settings.nodeRunsOnClient();
  }

  int inputCount() {
    return node.getInputCount();
  }

  String inputName(int index) {
    return node.getInput(index);
  }

  int outputCount() {
    return node.getOutputCount();
  }

  String outputName(int index) {
    return node.getOutputCount() > index ? node.getOutput(index) : "";
  }

  void setOutput(int index, Value value) {
    furtherOutputs.put(index, value);
  }

  Optional<Value> furtherOutput(int index) {
    return Optional.ofNullable(furtherOutputs.get(index));
  }

  boolean hasInput(int index) {
    return index < node.getInputCount() && !node.getInput(index).isEmpty();
  }

  Value input(int index) throws OnnxImportException {
    if (!hasInput(index)) {
      throw invalid("lacks input " + index);
    }
    String input = node.getInput(index);
    return tensors
        .find(input)
        .orElseThrow(
            () -> invalid("reads tensor " + Text.name(input) + ", which no earlier node computes"));
  }

  /** The constant that an input must be. */
  ConstantTensor constant(int index, String role)
      throws OnnxImportException, UnsupportedNodeException {
    if (input(index) instanceof Value.Known known) {
      return known.tensor();
    }
    throw new UnsupportedNodeException(role + " must be constant");
  }

  Optional<ConstantTensor> optionalConstant(int index, String role)
      throws OnnxImportException, UnsupportedNodeException {
    return hasInput(index) ? Optional.of(constant(index, role)) : Optional.empty();
  }

  /** An input that the server computes, functions of it still pending. */
  Computed computed(int index) throws OnnxImportException, UnsupportedNodeException {
    Value value = input(index);
    if (value instanceof Computed computed) {
      return computed;
    }
    throw new UnsupportedNodeException(
        value instanceof Value.OnClient
            ? "it reads a result of Softmax, ArgMax or a classifier, which only the client has"
            : "input " + index + " must be computed from the model's input");
  }

  /** An input as the output of a node. */
  Computed materialised(int index) throws OnnxImportException, UnsupportedNodeException {
    Computed value = computed(index);
    return tensors.materialise(node.getInput(index), value);
  }

  OnnxImportException invalid(String detail) {
    return new OnnxImportException(
        Reason.INVALID_GRAPH, node.getOpType() + " node " + Text.name(name) + " " + detail);
  }
}
