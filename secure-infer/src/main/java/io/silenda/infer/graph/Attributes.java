package io.silenda.infer.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.silenda.infer.graph.OnnxImportException.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Typed access to the attributes of a node. */
final class Attributes {
  private final String nodeName;
  private final Map<String, AttributeProto> byName = new HashMap<>();

  Attributes(NodeProto node, String nodeName) throws OnnxImportException {
    this.nodeName = nodeName;
    for (AttributeProto attribute : node.getAttributeList()) {
      if (byName.put(attribute.getName(), attribute) != null) {
        throw invalid(attribute.getName(), "is given twice");
      }
    }
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }

  long integer(String name, long absent) throws OnnxImportException {
    Optional<AttributeProto> attribute = find(name, AttributeType.INT);
    return attribute.isPresent() ? attribute.get().getI() : absent;
  }

  double real(String name, double absent) throws OnnxImportException {
    Optional<AttributeProto> attribute = find(name, AttributeType.FLOAT);
    return attribute.isPresent() ? attribute.get().getF() : absent;
  }

  String string(String name, String absent) throws OnnxImportException {
    Optional<AttributeProto> attribute = find(name, AttributeType.STRING);
    return attribute.isPresent() ? attribute.get().getS().toStringUtf8() : absent;
  }

  Optional<long[]> integers(String name) throws OnnxImportException {
    return find(name, AttributeType.INTS)
        .map(attribute -> attribute.getIntsList().stream().mapToLong(Long::longValue).toArray());
  }

  Optional<double[]> reals(String name) throws OnnxImportException {
    return find(name, AttributeType.FLOATS)
        .map(
            attribute ->
                attribute.getFloatsList().stream().mapToDouble(Float::doubleValue).toArray());
  }

  Optional<List<String>> strings(String name) throws OnnxImportException {
    return find(name, AttributeType.STRINGS)
        .map(
            attribute ->
                attribute.getStringsList().stream().map(ByteString::toStringUtf8).toList());
  }

  Optional<TensorProto> tensor(String name) throws OnnxImportException {
    return find(name, AttributeType.TENSOR).map(AttributeProto::getT);
  }

  private Optional<AttributeProto> find(String name, AttributeType type)
      throws OnnxImportException {
    AttributeProto attribute = byName.get(name);
    if (attribute == null) {
      return Optional.empty();
    }
    // Files before IR version 2 leave the type out; none of those is read.
    if (attribute.getType() != type) {
      throw invalid(name, "is no " + type);
    }
    return Optional.of(attribute);
  }

  private OnnxImportException invalid(String name, String detail) {
    return new OnnxImportException(
        Reason.INVALID_GRAPH,
        "attribute " + Text.name(name) + " of node " + Text.name(nodeName) + " " + detail);
  }
}
