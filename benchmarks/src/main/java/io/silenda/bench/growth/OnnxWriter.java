package io.silenda.bench.growth;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Puts an ONNX model of random weights together. Not safe for use by several threads. */
final class OnnxWriter {
  private static final int IR_VERSION = 8;
  private static final int OPERATOR_SET = 17;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("synthetic");
  private final Random random = new Random(1);

  /** The model's input: rows of that shape. */
  void input(String name, long... rowShape) {
    graph.addInput(value(name, rowShape));
  }

  /** The model's output: rows of that shape. */
  void output(String name, long... rowShape) {
    graph.addOutput(value(name, rowShape));
  }

  /** Normally distributed weights. */
  void weights(String name, double deviation, long... shape) {
    int count = (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
    ByteBuffer values = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      values.putFloat((float) (random.nextGaussian() * deviation));
    }
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(DataType.FLOAT.getNumber())
            .setRawData(ByteString.copyFrom(values.array()));
    Arrays.stream(shape).forEach(tensor::addDims);
    graph.addInitializer(tensor);
  }

  /** A node of one output, which is also its name. */
  void node(String operator, String output, String... inputs) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(output)
            .addOutput(output)
            .addAllInput(List.of(inputs)));
  }

  /** Sets an attribute of the last node. */
  void attribute(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    Arrays.stream(values).forEach(attribute::addInts);
    graph.getNodeBuilder(graph.getNodeCount() - 1).addAttribute(attribute);
  }

  /** The model's file. */
  byte[] bytes() {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static ValueInfoProto value(String name, long... rowShape) {
    TensorShapeProto.Builder shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"));
    for (long size : rowShape) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
    }
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(DataType.FLOAT.getNumber())
            .setShape(shape)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
