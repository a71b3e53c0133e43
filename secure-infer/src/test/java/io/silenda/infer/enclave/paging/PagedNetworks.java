package io.silenda.infer.enclave.paging;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;

/** Generated networks with residual sums, so that tensors live across pages. */
final class PagedNetworks {
  private PagedNetworks() {}

  /** Layers x → relu(x·W + b) + x/2 of {@code width} features each. */
  static ModelProto residual(int layers, int width, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    GraphProto.Builder graph = GraphProto.newBuilder().setName("residual");
    graph.addInput(value("x0", width));
    graph.addInitializer(tensor("half", 1, new long[0], random, 0).toBuilder().build());
    for (int layer = 0; layer < layers; layer++) {
      double bound = Math.sqrt(3.0 / width);
      graph.addInitializer(tensor("w" + layer, width * width, shape(width, width), random, bound));
      graph.addInitializer(tensor("b" + layer, width, shape(width), random, 0.1));
      graph.addNode(node("MatMul", "m" + layer, "x" + layer, "w" + layer));
      graph.addNode(node("Add", "a" + layer, "m" + layer, "b" + layer));
      graph.addNode(node("Relu", "r" + layer, "a" + layer));
      graph.addNode(node("Mul", "h" + layer, "x" + layer, "half"));
      graph.addNode(node("Add", "x" + (layer + 1), "h" + layer, "r" + layer));
    }
    graph.addOutput(value("x" + layers, width));
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
        .setGraph(graph)
        .build();
  }

  private static long[] shape(long... dimensions) {
    return dimensions;
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(output)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }

  /** Uniform in ±bound; 0.5 everywhere if that is 0. */
  private static TensorProto tensor(
      String name, int count, long[] dimensions, SplittableRandom random, double bound) {
    ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    double scale = bound / (1L << 31);
    while (bytes.remaining() >= 2 * Float.BYTES) {
      long bits = random.nextLong();
      bytes.putFloat((float) ((int) bits * scale));
      bytes.putFloat((float) ((int) (bits >> 32) * scale));
    }
    while (bytes.hasRemaining()) {
      bytes.putFloat(0.5f);
    }
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .setRawData(UnsafeByteOperations.unsafeWrap(bytes.flip()));
    for (long dimension : dimensions) {
      tensor.addDims(dimension);
    }
    return tensor.build();
  }

  private static ValueInfoProto value(String name, int width) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam("N");
    shape.addDimBuilder().setDimValue(width);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT_VALUE)
                        .setShape(shape)))
        .build();
  }
}
