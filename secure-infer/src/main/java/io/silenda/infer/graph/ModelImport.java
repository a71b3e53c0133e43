package io.silenda.infer.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.silenda.infer.graph.NodeContext.ImportSettings;
import io.silenda.infer.graph.OnnxImportException.Reason;
import java.util.List;
import java.util.Optional;

/** Imports one parsed model: walks its nodes once and gives every tensor a {@link Value}. */
final class ModelImport {
  private final ModelProto model;
  private final GraphProto graph;
  private final GraphBuilder builder;
  private final TensorTable tensors;
  private final UnsupportedNodes unsupported = new UnsupportedNodes();

  ModelImport(ModelProto model, ExternalData externalData) {
    this.model = model;
    this.graph = model.getGraph();
    WorkBudget budget = new WorkBudget(Runtime.getRuntime().maxMemory());
    this.builder = new GraphBuilder(budget);
    this.tensors = new TensorTable(builder, new TensorReader(externalData, budget));
  }

  Graph run() throws OnnxImportException {
    if (!model.hasGraph() || graph.getOutputCount() == 0) {
      throw new OnnxImportException(
          Reason.TRUNCATED_OR_CORRUPT, "the file holds no graph with an output");
    }
    long opset = Versions.check(model);
    for (TensorProto initializer : graph.getInitializerList()) {
      tensors.addInitializer(initializer);
    }
    if (graph.getSparseInitializerCount() > 0) {
      throw new OnnxImportException(
          Reason.UNSUPPORTED_GRAPH, "sparse initializers are not supported");
    }
    InputSignature input = InputSignature.of(graph, tensors);
    tensors.define(input.name(), builder.addInput(input.name(), input.row()));
    importNodes(opset, input);
    unsupported.throwIfAny();
    return finish(input);
  }

  private void importNodes(long opset, InputSignature input) throws OnnxImportException {
    GraphWalk walk = new GraphWalk(graph);
    for (int index = 0; index < graph.getNodeCount(); index++) {
      if (walk.isNeeded(index)) {
        NodeProto node = graph.getNode(index);
        ImportSettings settings =
            new ImportSettings(opset, input.fixedBatch(), walk.canRunOnClient(index));
        String name = NodeNames.of(node, index);
        importNode(new NodeContext(node, name, tensors, settings), node);
      }
    }
  }

  private void importNode(NodeContext context, NodeProto node) throws OnnxImportException {
    Value first = new Value.Refused();
    Optional<NodeImporter> importer = OperatorCatalog.find(node.getDomain(), node.getOpType());
    try {
      if (importer.isEmpty()) {
        unsupported.add(node, context.name(), OperatorCatalog.hint(node.getOpType()));
      } else if (!readsRefused(node)) {
        first = importer.get().importNode(context);
      }
    } catch (UnsupportedNodeException e) {
      unsupported.add(node, context.name(), String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new OnnxImportException(
          Reason.INVALID_GRAPH,
          node.getOpType()
              + " node "
              + context.name()
              + " has sizes out of range: "
              + e.getMessage(),
          e);
    }
    define(context, node, first);
  }

  private boolean readsRefused(NodeProto node) throws OnnxImportException {
    for (String input : node.getInputList()) {
      if (tensors.find(input).filter(Value.Refused.class::isInstance).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private void define(NodeContext context, NodeProto node, Value first) throws OnnxImportException {
    List<String> outputs = node.getOutputList();
    for (int i = 0; i < outputs.size(); i++) {
      if (!outputs.get(i).isEmpty()) {
        Value value = i == 0 ? first : context.furtherOutput(i).orElseGet(Value.Refused::new);
        tensors.define(outputs.get(i), value);
      }
    }
  }

  private Graph finish(InputSignature input) throws OnnxImportException {
    try {
      ModelOutputs outputs = ModelOutputs.of(graph, tensors);
      List<Node> nodes = new GraphAssembler(builder.drafts(), outputs.coreNode()).assemble();
      return new Graph(
          Text.name(graph.getName()),
          nodes,
          0,
          nodes.size() - 1,
          outputs.tail(),
          outputs.describe(input));
    } catch (UnsupportedNodeException e) {
      throw new OnnxImportException(
          Reason.UNSUPPORTED_OPERATORS,
          "cannot run on encrypted data: an output, " + e.getMessage(),
          e);
    }
  }
}
