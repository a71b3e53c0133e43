package io.silenda.infer.graph;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.silenda.infer.graph.OnnxImportException.Reason;
import java.util.ArrayList;
import java.util.List;

/** Collects every node that was refused, for one message. */
final class UnsupportedNodes {
  private static final int MAX_LISTED = 50;

  private final List<String> entries = new ArrayList<>();
  private int count;

  void add(NodeProto node, String name, String hint) {
    count++;
    if (entries.size() < MAX_LISTED) {
      entries.add(Text.name(operator(node)) + " \"" + Text.name(name) + "\" (" + hint + ")");
    }
  }

  private static String operator(NodeProto node) {
    return OperatorCatalog.isDefaultDomain(node.getDomain())
        ? node.getOpType()
        : node.getDomain() + "." + node.getOpType();
  }

  void throwIfAny() throws OnnxImportException {
    if (count > 0) {
      String more = count > entries.size() ? ", and " + (count - entries.size()) + " more" : "";
      throw new OnnxImportException(
          Reason.UNSUPPORTED_OPERATORS,
          "cannot run on encrypted data: " + String.join(", ", entries) + more);
    }
  }
}
