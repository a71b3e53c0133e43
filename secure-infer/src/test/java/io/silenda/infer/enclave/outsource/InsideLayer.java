package io.silenda.infer.enclave.outsource;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.silenda.infer.graph.ConvolutionGeometry;
import io.silenda.infer.graph.Operator;
import java.nio.FloatBuffer;
import java.util.Map;

/** One layer in ONNX Runtime, in floats, on one thread: what outsourcing is compared with. */
final class InsideLayer implements AutoCloseable {
  private final OrtSession session;
  private final long[] rowShape;

  private InsideLayer(OrtSession session, long... rowShape) {
    this.session = session;
    this.rowShape = rowShape;
  }

  static InsideLayer load(Operator operator) throws OrtException {
    if (operator instanceof Operator.Convolution convolution) {
      ConvolutionGeometry g = convolution.geometry();
      NodeProto.Builder node = node("Conv").addAttribute(pads(g.padTop(), g.padLeft()));
      TensorProto weights =
          weights(
              convolution.weights(),
              g.outChannels(),
              g.channelsPerGroup(),
              g.kernelHeight(),
              g.kernelWidth());
      return new InsideLayer(session(node, weights, 4), g.inChannels(), g.inHeight(), g.inWidth());
    }
    Operator.Dense dense = (Operator.Dense) operator;
    int rows = dense.weights().rows();
    int columns = dense.weights().columns();
    double[] transposed = new double[rows * columns];
    for (int i = 0; i < transposed.length; i++) {
      transposed[i] = dense.weights().get(i % rows, i / rows);
    }
    return new InsideLayer(session(node("MatMul"), weights(transposed, columns, rows), 2), columns);
  }

  double[] run(double[] inputs, int rows) throws OrtException {
    float[] floats = new float[inputs.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) inputs[i];
    }
    long[] shape = new long[rowShape.length + 1];
    shape[0] = rows;
    System.arraycopy(rowShape, 0, shape, 1, rowShape.length);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OnnxTensor x = OnnxTensor.createTensor(environment, FloatBuffer.wrap(floats), shape);
        OrtSession.Result result = session.run(Map.of("x", x))) {
      FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
      double[] values = new double[buffer.remaining()];
      for (int i = 0; i < values.length; i++) {
        values[i] = buffer.get();
      }
      return values;
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }

  private static NodeProto.Builder node(String operator) {
    return NodeProto.newBuilder().setOpType(operator).addInput("x").addInput("w").addOutput("y");
  }

  private static AttributeProto pads(int top, int left) {
    return AttributeProto.newBuilder()
        .setName("pads")
        .setType(AttributeProto.AttributeType.INTS)
        .addInts(top)
        .addInts(left)
        .addInts(top)
        .addInts(left)
        .build();
  }

  private static TensorProto weights(double[] values, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName("w").setDataType(TensorProto.DataType.FLOAT_VALUE);
    for (long dimension : shape) {
      tensor.addDims(dimension);
    }
    for (double value : values) {
      tensor.addFloatData((float) value);
    }
    return tensor.build();
  }

  private static OrtSession session(NodeProto.Builder node, TensorProto weights, int rank)
      throws OrtException {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("layer")
            .addInput(value("x", rank))
            .addOutput(value("y", rank))
            .addInitializer(weights)
            .addNode(node);
    byte[] model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
            .setGraph(graph)
            .build()
            .toByteArray();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      return OrtEnvironment.getEnvironment().createSession(model, options);
    }
  }

  private static ValueInfoProto value(String name, int rank) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int axis = 0; axis < rank; axis++) {
      shape.addDimBuilder();
    }
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
