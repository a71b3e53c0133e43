package io.silenda.infer.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Writes small ONNX models for tests. The input is {@code x}; constants are named by the test. */
final class OnnxBuilder {
  private final ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
  private final Random random = new Random(1);
  private long opset = 17;

  /** A model whose rows have this shape, with a free batch axis. */
  static OnnxBuilder rows(int... rowShape) {
    return new OnnxBuilder().input("x", dynamic("batch"), rowShape);
  }

  /** A model with a fixed number of rows. */
  static OnnxBuilder fixedRows(int batch, int... rowShape) {
    return new OnnxBuilder().input("x", size(batch), rowShape);
  }

  /** A model without input. */
  static OnnxBuilder empty() {
    return new OnnxBuilder();
  }

  static TensorShapeProto.Dimension dynamic(String parameter) {
    return TensorShapeProto.Dimension.newBuilder().setDimParam(parameter).build();
  }

  static TensorShapeProto.Dimension size(long size) {
    return TensorShapeProto.Dimension.newBuilder().setDimValue(size).build();
  }

  OnnxBuilder input(String name, TensorShapeProto.Dimension batch, int... rowShape) {
    TensorShapeProto.Dimension[] dimensions = new TensorShapeProto.Dimension[rowShape.length + 1];
    dimensions[0] = batch;
    for (int i = 0; i < rowShape.length; i++) {
      dimensions[i + 1] = size(rowShape[i]);
    }
    return inputOf(name, DataType.FLOAT, dimensions);
  }

  OnnxBuilder inputOf(String name, DataType type, TensorShapeProto.Dimension... dimensions) {
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber());
    tensor.getShapeBuilder().addAllDim(Arrays.asList(dimensions));
    graph.addInput(
        ValueInfoProto.newBuilder()
            .setName(name)
            .setType(TypeProto.newBuilder().setTensorType(tensor)));
    return this;
  }

  OnnxBuilder opset(long version) {
    this.opset = version;
    return this;
  }

  OnnxBuilder irVersion(long version) {
    model.setIrVersion(version);
    return this;
  }

  OnnxBuilder importing(String domain, long version) {
    model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version));
    return this;
  }

  /** A constant of normally distributed numbers. */
  OnnxBuilder weights(String name, int... dimensions) {
    int size = 1;
    for (int dimension : dimensions) {
      size *= dimension;
    }
    double[] values = new double[size];
    Arrays.setAll(values, i -> random.nextGaussian() * 0.5);
    return floats(name, dimensions, values);
  }

  OnnxBuilder floats(String name, int[] dimensions, double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(values).forEach(value -> bytes.putFloat((float) value));
    return tensor(name, DataType.FLOAT, dimensions, bytes);
  }

  OnnxBuilder scalar(String name, double value) {
    return floats(name, new int[0], value);
  }

  OnnxBuilder integers(String name, long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(values).forEach(bytes::putLong);
    return tensor(name, DataType.INT64, new int[] {values.length}, bytes);
  }

  OnnxBuilder index(String name, long value) {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
    return tensor(name, DataType.INT64, new int[0], bytes);
  }

  private OnnxBuilder tensor(String name, DataType type, int[] dimensions, ByteBuffer bytes) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(bytes.flip()));
    Arrays.stream(dimensions).forEach(tensor::addDims);
    return initializer(tensor.build());
  }

  OnnxBuilder initializer(TensorProto tensor) {
    graph.addInitializer(tensor);
    return this;
  }

  OnnxBuilder node(String type, List<String> inputs, String output, AttributeProto... attributes) {
    return nodeOf("", type, inputs, List.of(output), attributes);
  }

  OnnxBuilder nodeOf(
      String domain,
      String type,
      List<String> inputs,
      List<String> outputs,
      AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setDomain(domain)
            .setOpType(type)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(Arrays.asList(attributes)));
    return this;
  }

  OnnxBuilder named(String name) {
    graph.getNodeBuilder(graph.getNodeCount() - 1).setName(name);
    return this;
  }

  OnnxBuilder output(String name) {
    graph.addOutput(ValueInfoProto.newBuilder().setName(name));
    return this;
  }

  OnnxBuilder output(String name, DataType type, TensorShapeProto.Dimension... dimensions) {
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber());
    tensor.getShapeBuilder().addAllDim(Arrays.asList(dimensions));
    graph.addOutput(
        ValueInfoProto.newBuilder()
            .setName(name)
            .setType(TypeProto.newBuilder().setTensorType(tensor)));
    return this;
  }

  static AttributeProto ints(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    Arrays.stream(values).forEach(attribute::addInts);
    return attribute.build();
  }

  static AttributeProto floatsOf(String name, double... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.FLOATS);
    Arrays.stream(values).forEach(value -> attribute.addFloats((float) value));
    return attribute.build();
  }

  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  static AttributeProto real(String name, double value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.FLOAT)
        .setF((float) value)
        .build();
  }

  static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  static AttributeProto texts(String name, String... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.STRINGS);
    Arrays.stream(values).forEach(value -> attribute.addStrings(ByteString.copyFromUtf8(value)));
    return attribute.build();
  }

  ModelProto build() {
    ModelProto.Builder built = model.clone().setGraph(graph);
    if (built.getOpsetImportList().stream().noneMatch(set -> set.getDomain().isEmpty())) {
      built.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset));
    }
    return built.build();
  }

  /** Writes the model into {@code folder}. */
  Path write(Path folder) throws IOException {
    Path file = folder.resolve("model.onnx");
    Files.write(file, build().toByteArray());
    return file;
  }
}
