package io.silenda.dp.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;

/** A graph under construction; every call that adds a node returns the name of its output. */
final class OnnxGraph {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("network");
  private int nodes;

  /** A float tensor with a free batch axis. */
  static ValueInfoProto tensor(String name, List<Integer> rowShape) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam("batch");
    rowShape.forEach(size -> shape.addDimBuilder().setDimValue(size));
    TypeProto.Tensor.Builder type =
        TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT.getNumber()).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }

  String add(String type, List<String> inputs, AttributeProto... attributes) {
    String output = type.toLowerCase(Locale.ROOT) + "_" + nodes++;
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(type)
            .setName(output)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(attributes)));
    return output;
  }

  String floats(String name, List<Integer> shape, float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return constant(name, DataType.FLOAT, shape.stream().map(Integer::longValue).toList(), bytes);
  }

  String scalar(String name, float value) {
    return floats(name, List.of(), value);
  }

  String integers(String name, long... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      bytes.putLong(value);
    }
    return constant(name, DataType.INT64, List.of((long) values.length), bytes);
  }

  private String constant(String name, DataType type, List<Long> shape, ByteBuffer bytes) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .addAllDims(shape)
            .setRawData(ByteString.copyFrom(bytes.flip())));
    return name;
  }

  static AttributeProto integers(String name, List<Integer> values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    values.forEach(attribute::addInts);
    return attribute.build();
  }

  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  static AttributeProto real(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  /** The whole graph; the last tensor is given its public name. */
  GraphProto build(ValueInfoProto input, String last, ValueInfoProto output) {
    add("Identity", List.of(last));
    graph.getNodeBuilder(graph.getNodeCount() - 1).setOutput(0, output.getName());
    return graph.addInput(input).addOutput(output).build();
  }
}
