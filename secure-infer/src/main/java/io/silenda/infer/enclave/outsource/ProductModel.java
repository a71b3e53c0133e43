package io.silenda.infer.enclave.outsource;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

/** A model that multiplies two matrices of doubles. */
final class ProductModel {
  static final String LEFT = "left";
  static final String RIGHT = "right";

  private ProductModel() {}

  static byte[] bytes() {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("product")
            .addInput(matrix(LEFT))
            .addInput(matrix(RIGHT))
            .addOutput(matrix("product"))
            .addNode(
                NodeProto.newBuilder()
                    .setOpType("MatMul")
                    .addInput(LEFT)
                    .addInput(RIGHT)
                    .addOutput("product"));
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static ValueInfoProto matrix(String name) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder();
    shape.addDimBuilder();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.DOUBLE_VALUE)
                        .setShape(shape)))
        .build();
  }
}
