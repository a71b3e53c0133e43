package io.silenda.infer.enclave.paging;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.PrivateInferenceException.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts the nodes of a graph, which ONNX keeps in topological order, into runs whose constants take
 * no more than a page.
 */
final class GraphSegments {
  private final GraphProto graph;
  private final Map<String, TensorProto> initializers = new HashMap<>();

  /**
   * A run of nodes.
   *
   * @param nodes in order
   * @param constants names of the initializers they read
   * @param inputs tensors they read that are the model's or an earlier segment's
   * @param outputs tensors they make that a later segment reads or the model gives
   */
  record Segment(
      List<NodeProto> nodes, Set<String> constants, Set<String> inputs, Set<String> outputs) {}

  GraphSegments(GraphProto graph) {
    this.graph = graph;
    graph.getInitializerList().forEach(tensor -> initializers.put(tensor.getName(), tensor));
  }

  List<Segment> cut(long pageBytes) throws PrivateInferenceException {
    List<List<NodeProto>> runs = new ArrayList<>();
    List<NodeProto> run = new ArrayList<>();
    Set<String> constants = new LinkedHashSet<>();
    long used = 0;
    for (NodeProto node : graph.getNodeList()) {
      long alone = cost(node, Set.of());
      if (alone > pageBytes) {
        throw new PrivateInferenceException(
            Reason.LAYER_TOO_LARGE,
            "a " + node.getOpType() + " node needs " + alone + " bytes, a page has " + pageBytes);
      }
      if (used + cost(node, constants) > pageBytes) {
        runs.add(run);
        run = new ArrayList<>();
        constants.clear();
        used = 0;
      }
      used += cost(node, constants);
      run.add(node);
      constants.addAll(constantsOf(node));
    }
    runs.add(run);
    return connect(runs);
  }

  TensorProto initializer(String name) {
    TensorProto tensor = initializers.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("name is no initializer");
    }
    return tensor;
  }

  private List<Segment> connect(List<List<NodeProto>> runs) {
    List<Segment> segments = new ArrayList<>();
    Set<String> wanted = new LinkedHashSet<>();
    graph.getOutputList().stream().map(ValueInfoProto::getName).forEach(wanted::add);
    for (int i = runs.size() - 1; i >= 0; i--) {
      Segment segment = segment(runs.get(i), wanted);
      wanted.addAll(segment.inputs());
      segments.add(0, segment);
    }
    return segments;
  }

  private Segment segment(List<NodeProto> nodes, Set<String> wantedLater) {
    Set<String> made = new LinkedHashSet<>();
    Set<String> inputs = new LinkedHashSet<>();
    Set<String> constants = new LinkedHashSet<>();
    for (NodeProto node : nodes) {
      for (String name : namesRead(node)) {
        if (initializers.containsKey(name)) {
          constants.add(name);
        } else if (!made.contains(name)) {
          inputs.add(name);
        }
      }
      made.addAll(node.getOutputList());
    }
    made.retainAll(wantedLater);
    return new Segment(List.copyOf(nodes), constants, inputs, made);
  }

  private long cost(NodeProto node, Set<String> present) {
    long bytes = node.getSerializedSize();
    for (String name : constantsOf(node)) {
      bytes += present.contains(name) ? 0 : initializer(name).getSerializedSize();
    }
    return bytes;
  }

  private Set<String> constantsOf(NodeProto node) {
    Set<String> names = namesRead(node);
    names.retainAll(initializers.keySet());
    return names;
  }

  /** What a node reads, and what the bodies of its branches and loops read from outside. */
  private static Set<String> namesRead(NodeProto node) {
    Set<String> names = new LinkedHashSet<>(node.getInputList());
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasG()) {
        names.addAll(namesFromOutside(attribute.getG()));
      }
      attribute.getGraphsList().forEach(body -> names.addAll(namesFromOutside(body)));
    }
    names.remove("");
    return names;
  }

  private static Set<String> namesFromOutside(GraphProto body) {
    Set<String> own = new LinkedHashSet<>();
    body.getInputList().forEach(input -> own.add(input.getName()));
    body.getInitializerList().forEach(tensor -> own.add(tensor.getName()));
    Set<String> read = new LinkedHashSet<>();
    body.getOutputList().forEach(output -> read.add(output.getName()));
    for (NodeProto node : body.getNodeList()) {
      read.addAll(namesRead(node));
      own.addAll(node.getOutputList());
    }
    read.removeAll(own);
    return read;
  }
}
