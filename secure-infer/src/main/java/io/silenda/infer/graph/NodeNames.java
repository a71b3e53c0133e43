package io.silenda.infer.graph;

import ai.onnx.proto.OnnxMl.NodeProto;

/** Names for nodes: their own, or operator and index. */
final class NodeNames {
  private NodeNames() {}

  static String of(NodeProto node, int index) {
    return node.getName().isEmpty()
        ? Text.name(node.getOpType()) + "_" + index
        : Text.name(node.getName());
  }
}
