package io.silenda.infer.graph;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.silenda.infer.graph.OnnxImportException.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects every node that was refused, for one message; nodes of one kind are named together. */
final class UnsupportedNodes {
  private static final int MAX_LISTED = 50;
  private static final int MAX_NAMED_OF_A_KIND = 4;

  private final Map<Kind, List<String>> kinds = new LinkedHashMap<>();
  private int listed;
  private int count;

  /** Nodes of one operator that are refused for one reason. */
  private record Kind(String operator, String hint) {}

  void add(NodeProto node, String name, String hint) {
    count++;
    if (listed < MAX_LISTED) {
      listed++;
      kinds
          .computeIfAbsent(new Kind(operator(node), hint), unused -> new ArrayList<>())
          .add(Text.name(name));
    }
  }

  private static String operator(NodeProto node) {
    String type = Text.name(node.getOpType());
    return OperatorCatalog.isDefaultDomain(node.getDomain())
        ? type
        : Text.name(node.getDomain()) + "." + type;
  }

  private static String describe(Kind kind, List<String> names) {
    StringBuilder text = new StringBuilder(kind.operator());
    for (String name : names.subList(0, Math.min(names.size(), MAX_NAMED_OF_A_KIND))) {
      text.append(" \"").append(name).append('"');
    }
    if (names.size() > MAX_NAMED_OF_A_KIND) {
      text.append(" and ").append(names.size() - MAX_NAMED_OF_A_KIND).append(" more");
    }
    return text.append(" (").append(kind.hint()).append(')').toString();
  }

  void throwIfAny() throws OnnxImportException {
    if (count > 0) {
      List<String> entries = new ArrayList<>();
      kinds.forEach((kind, names) -> entries.add(describe(kind, names)));
      String more = count > listed ? ", and " + (count - listed) + " more" : "";
      throw new OnnxImportException(
          Reason.UNSUPPORTED_OPERATORS,
          "cannot run on encrypted data: " + String.join(", ", entries) + more);
    }
  }
}
