package io.silenda.bench.growth;

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
import io.silenda.bench.backend.Subject;
import io.silenda.infer.tensor.Npy;
import io.silenda.infer.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Dense layers of one width with squares between them, weights drawn so that values keep their
 * size. Answers mean nothing: only what they cost does.
 */
final class SyntheticNetwork {
  private static final int ROWS = 8;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("synthetic");
  private final Random random = new Random(1);
  private final int width;

  private SyntheticNetwork(int width) {
    this.width = width;
  }

  /**
   * Writes a network and rows for it.
   *
   * @param squares how many squares stand between its layers
   */
  static Subject write(Path folder, int width, int squares) throws IOException {
    String name = "dense" + width + "x" + squares;
    Path model = folder.resolve(name + ".onnx");
    Path rows = folder.resolve(name + ".npy");
    Files.write(model, new SyntheticNetwork(width).bytes(squares));
    Npy.write(rows, rows(width));
    return new Subject(name, model.toString(), rows.toString(), "", 1, 0);
  }

  private static Tensor rows(int width) {
    Random random = new Random(2);
    float[] values = new float[ROWS * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return Tensor.of(new int[] {ROWS, width}, values);
  }

  private byte[] bytes(int squares) {
    graph.addInput(value("x"));
    String last = dense("x", 0);
    for (int i = 1; i <= squares; i++) {
      node("Mul", "square" + i, last, last);
      last = dense("square" + i, i);
    }
    graph.addOutput(value(last));
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private String dense(String input, int index) {
    ByteBuffer weights = ByteBuffer.allocate(4 * width * width).order(ByteOrder.LITTLE_ENDIAN);
    // Rows lie in -1..1: this variance keeps layers and squares there.
    double deviation = 1 / Math.sqrt(width);
    for (int i = 0; i < width * width; i++) {
      weights.putFloat((float) (random.nextGaussian() * deviation));
    }
    String name = "weights" + index;
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(DataType.FLOAT.getNumber())
            .addDims(width)
            .addDims(width)
            .setRawData(ByteString.copyFrom(weights.array())));
    node("MatMul", "dense" + index, input, name);
    return "dense" + index;
  }

  private void node(String operator, String output, String... inputs) {
    NodeProto.Builder node =
        NodeProto.newBuilder().setOpType(operator).setName(output).addOutput(output);
    for (String input : inputs) {
      node.addInput(input);
    }
    graph.addNode(node);
  }

  private ValueInfoProto value(String name) {
    TensorShapeProto shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(width))
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(DataType.FLOAT.getNumber())
                        .setShape(shape)))
        .build();
  }
}
