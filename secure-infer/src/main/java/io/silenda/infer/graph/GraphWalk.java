package io.silenda.infer.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which nodes an output needs, and which of them nothing but the client needs. Nodes are in
 * topological order, as ONNX demands; a reader before its producer is found later.
 */
final class GraphWalk {
  private final List<NodeProto> nodes;
  private final boolean[] needed;
  private final boolean[] onClient;

  GraphWalk(GraphProto graph) {
    this.nodes = graph.getNodeList();
    this.needed = new boolean[nodes.size()];
    this.onClient = new boolean[nodes.size()];
    Set<String> wanted = new HashSet<>();
    for (ValueInfoProto output : graph.getOutputList()) {
      wanted.add(output.getName());
    }
    Set<String> readByServer = new HashSet<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      visit(i, wanted, readByServer);
    }
  }

  private void visit(int index, Set<String> wanted, Set<String> readByServer) {
    NodeProto node = nodes.get(index);
    needed[index] = node.getOutputList().stream().anyMatch(wanted::contains);
    onClient[index] =
        OperatorCatalog.canRunOnClient(node.getOpType())
            && node.getOutputList().stream().noneMatch(readByServer::contains);
    if (needed[index]) {
      wanted.addAll(node.getInputList());
      if (!onClient[index]) {
        readByServer.addAll(node.getInputList());
      }
    }
  }

  boolean isNeeded(int index) {
    return needed[index];
  }

  /** Whether the node could run on the client and every reader of its results does. */
  boolean canRunOnClient(int index) {
    return onClient[index];
  }
}
