package io.silenda.infer.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.silenda.infer.graph.OnnxImportException.Reason;
import io.silenda.infer.graph.Value.Computed;
import io.silenda.infer.graph.Value.OnClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The outputs of a model: one core tensor, and what the client makes of it. */
final class ModelOutputs {
  private static final int MAX_NAMED = 4;

  private final List<String> names = new ArrayList<>();
  private final List<OnClient> values = new ArrayList<>();

  private ModelOutputs() {}

  static ModelOutputs of(GraphProto graph, TensorTable tensors)
      throws OnnxImportException, UnsupportedNodeException {
    ModelOutputs outputs = new ModelOutputs();
    for (ValueInfoProto output : graph.getOutputList()) {
      outputs.add(output.getName(), tensors);
    }
    outputs.requireOneCore();
    return outputs;
  }

  private void add(String name, TensorTable tensors)
      throws OnnxImportException, UnsupportedNodeException {
    Optional<Value> value = tensors.find(name);
    names.add(name);
    if (value.isPresent() && value.get() instanceof OnClient onClient) {
      values.add(onClient);
    } else if (value.isPresent() && value.get() instanceof Computed computed) {
      Computed core = tensors.materialise(name, computed);
      values.add(new OnClient(core, name, new ClientTail.None(), name, core.shape()));
    } else {
      throw new OnnxImportException(
          Reason.UNSUPPORTED_GRAPH,
          "output " + Text.name(name) + " is not computed from the model's input");
    }
  }

  private void requireOneCore() throws OnnxImportException {
    int core = core().core().node();
    if (values.stream().anyMatch(value -> value.core().node() != core)) {
      throw new OnnxImportException(
          Reason.UNSUPPORTED_GRAPH,
          "the outputs "
              + names.stream().limit(MAX_NAMED).map(Text::name).collect(Collectors.joining(", "))
              + " come from different tensors; only one can be computed on encrypted data: export the"
              + " model with one of them");
    }
    // The input is the first node.
    if (core == 0) {
      throw new OnnxImportException(
          Reason.UNSUPPORTED_GRAPH, "nothing is left to compute on encrypted data");
    }
  }

  private OnClient core() {
    return values.get(0);
  }

  int coreNode() {
    return core().core().node();
  }

  private Optional<OnClient> firstFloat() {
    return values.stream().filter(value -> !value.tail().isIndex()).findFirst();
  }

  /** What turns the core tensor into the first float output. */
  ClientTail tail() {
    return firstFloat().map(OnClient::tail).orElseGet(ClientTail.None::new);
  }

  ModelInterface describe(InputSignature input) {
    return new ModelInterface(
        input.name(),
        input.row(),
        names,
        values.stream().map(OnClient::tail).toList(),
        firstFloat().map(OnClient::name).orElse(core().coreName()),
        core().coreName(),
        core().core().shape());
  }
}
