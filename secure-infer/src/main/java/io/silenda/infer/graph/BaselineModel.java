package io.silenda.infer.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.silenda.infer.graph.OnnxImportException.Reason;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Makes a self-contained copy of a model for a runtime that computes in the clear, so that what is
 * compared with an encrypted answer comes from the same file.
 */
public final class BaselineModel {
  private BaselineModel() {}

  /**
   * The bytes of a copy whose outputs are the first float output and the core tensor of {@code
   * graph} (one output if they are the same), with external data stored inside.
   *
   * @param file the file that {@code graph} was imported from
   * @throws OnnxImportException if it cannot be read or no longer holds these tensors
   */
  public static byte[] serialize(Path file, Graph graph) throws OnnxImportException {
    try {
      ModelProto.Builder model = StandaloneModel.builder(file);
      replaceOutputs(model.getGraphBuilder(), graph.modelInterface());
      return model.build().toByteArray();
    } catch (OnnxImportException e) {
      throw e.of(file);
    }
  }

  private static void replaceOutputs(GraphProto.Builder graph, ModelInterface names)
      throws OnnxImportException {
    Map<String, ValueInfoProto> declared = new HashMap<>();
    graph.getOutputList().forEach(output -> declared.put(output.getName(), output));
    Set<String> outputs = new LinkedHashSet<>();
    outputs.add(names.firstFloatOutput());
    outputs.add(names.coreTensorName());
    addScores(graph, names);
    graph.clearOutput();
    for (String output : outputs) {
      if (graph.getNodeList().stream().noneMatch(n -> n.getOutputList().contains(output))) {
        throw new OnnxImportException(
            Reason.INVALID_GRAPH, "the file has no tensor " + Text.name(output));
      }
      ValueInfoProto unknownType = ValueInfoProto.newBuilder().setName(output).build();
      graph.addOutput(declared.getOrDefault(output, unknownType));
    }
  }

  /** Adds a LinearRegressor with a LinearClassifier's numbers: it computes the raw scores. */
  private static void addScores(GraphProto.Builder graph, ModelInterface names) {
    String coreName = names.coreTensorName();
    for (int i = 0; i < graph.getNodeCount(); i++) {
      NodeProto node = graph.getNode(i);
      if (node.getOpType().equals("LinearClassifier")
          && ClassicalImporters.scoresName(NodeNames.of(node, i)).equals(coreName)) {
        graph.addNode(regressor(node, coreName, names.coreShape().elementCount()));
        return;
      }
    }
  }

  private static NodeProto regressor(NodeProto classifier, String output, long targets) {
    NodeProto.Builder regressor =
        NodeProto.newBuilder()
            .setOpType("LinearRegressor")
            .setDomain(classifier.getDomain())
            .setName(output)
            .addInput(classifier.getInput(0))
            .addOutput(output);
    for (AttributeProto attribute : classifier.getAttributeList()) {
      if (attribute.getName().equals("coefficients") || attribute.getName().equals("intercepts")) {
        regressor.addAttribute(attribute);
      }
    }
    AttributeProto.Builder count =
        AttributeProto.newBuilder()
            .setName("targets")
            .setType(AttributeProto.AttributeType.INT)
            .setI(targets);
    return regressor.addAttribute(count).build();
  }
}
