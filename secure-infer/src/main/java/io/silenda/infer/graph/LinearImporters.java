package io.silenda.infer.graph;

import io.silenda.infer.graph.Value.Computed;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Conv, Gemm, MatMul and BatchNormalization. */
final class LinearImporters {
  private LinearImporters() {}

  static Map<String, NodeImporter> all() {
    return Map.of(
        "Conv", LinearImporters::convolution,
        "Gemm", LinearImporters::gemm,
        "MatMul", LinearImporters::matMul,
        "BatchNormalization", LinearImporters::batchNormalization);
  }

  private static Value convolution(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    Computed input = node.materialised(0);
    ConstantTensor weights = node.constant(1, "the kernel");
    Optional<ConstantTensor> bias = node.optionalConstant(2, "the bias");
    int rank = input.shape().rank();
    Window.Image image = Window.Image.of(input.shape());
    if (weights.rank() != rank + 1 || weights.size() == 0) {
      throw node.invalid("has a kernel of shape " + weights.describe());
    }
    boolean signal = rank == 2;
    int[] kernel = {signal ? 1 : weights.dimension(2), weights.dimension(rank)};
    Window window = Window.of(node, input.shape(), kernel);
    requireSameKernel(node, kernel, signal);
    int groups = groups(node, image.channels(), weights);
    int outChannels = weights.dimension(0);
    if (bias.isPresent() && bias.get().size() != outChannels) {
      throw node.invalid("has a bias of shape " + bias.get().describe());
    }
    ConvolutionGeometry geometry = window.geometry(node, outChannels, groups);
    node.builder().charge(weights.size() + outChannels);
    return node.builder()
        .addLinear(
            node.name(),
            new Operator.Convolution(
                geometry,
                weights.toReals(),
                bias.map(ConstantTensor::toReals).orElseGet(() -> new double[outChannels])),
            input,
            window.outputShape(geometry));
  }

  private static void requireSameKernel(NodeContext node, int[] kernel, boolean signal)
      throws OnnxImportException {
    if (node.attributes().has("kernel_shape")) {
      int[] claimed = Window.sizes(node, "kernel_shape", signal, 1);
      if (claimed[0] != kernel[0] || claimed[1] != kernel[1]) {
        throw node.invalid("has a kernel_shape other than that of its weights");
      }
    }
  }

  private static int groups(NodeContext node, int channels, ConstantTensor weights)
      throws OnnxImportException {
    long groups = node.attributes().integer("group", 1);
    if (groups < 1
        || groups > channels
        || channels % groups != 0
        || weights.dimension(0) % groups != 0
        || weights.dimension(1) != channels / groups) {
      throw node.invalid(
          "has "
              + channels
              + " input channels, group "
              + groups
              + " and a kernel of shape "
              + weights.describe());
    }
    return (int) groups;
  }

  private static Value gemm(NodeContext node) throws OnnxImportException, UnsupportedNodeException {
    Computed input = node.materialised(0);
    ConstantTensor weights = node.constant(1, "the second factor");
    Optional<ConstantTensor> bias = node.optionalConstant(2, "the summand");
    if (node.attributes().integer("transA", 0) != 0) {
      throw new UnsupportedNodeException("transA must be 0, rows are independent");
    }
    if (input.shape().rank() != 1 || weights.rank() != 2) {
      throw node.invalid("multiplies rows of shape " + input.shape() + " by " + weights.describe());
    }
    boolean transposed = node.attributes().integer("transB", 0) != 0;
    double alpha = node.attributes().real("alpha", 1);
    double beta = node.attributes().real("beta", 1);
    Matrix matrix = matrix(node, weights, transposed, alpha, input.shape().elementCount());
    double[] summand = new double[matrix.rows()];
    if (bias.isPresent()) {
      fillBias(node, bias.get(), beta, summand);
    }
    return node.builder()
        .addLinear(
            node.name(), new Operator.Dense(matrix, summand), input, TensorShape.of(matrix.rows()));
  }

  /** The weights as one row an output, from a constant that has one column an output. */
  private static Matrix matrix(
      NodeContext node, ConstantTensor weights, boolean transposed, double alpha, int inputs)
      throws OnnxImportException {
    int columns = weights.dimension(transposed ? 1 : 0);
    int rows = weights.dimension(transposed ? 0 : 1);
    if (columns != inputs || rows < 1) {
      throw node.invalid("multiplies rows of " + inputs + " values by " + weights.describe());
    }
    node.builder().charge((long) rows * (columns + 1));
    double[] values = new double[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int source = transposed ? row * columns + column : column * rows + row;
        values[row * columns + column] = alpha * weights.real(source);
      }
    }
    return Matrix.adopt(rows, columns, values);
  }

  private static void fillBias(NodeContext node, ConstantTensor bias, double beta, double[] summand)
      throws OnnxImportException {
    boolean row = bias.rank() <= 2 && (bias.rank() < 2 || bias.dimension(0) == 1);
    if (!row || (bias.size() != summand.length && bias.size() != 1)) {
      throw node.invalid("adds a constant of shape " + bias.describe());
    }
    for (int i = 0; i < summand.length; i++) {
      summand[i] = beta * bias.real(bias.size() == 1 ? 0 : i);
    }
  }

  private static Value matMul(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    Computed input = node.materialised(0);
    ConstantTensor weights = node.constant(1, "the second factor");
    int rank = input.shape().rank();
    if (rank == 0 || weights.rank() < 1 || weights.rank() > 2) {
      throw new UnsupportedNodeException("the second factor must be a matrix");
    }
    int inputs = input.shape().dimension(rank - 1);
    if (inputs != input.shape().elementCount()) {
      throw new UnsupportedNodeException("flatten each row first, or use Conv with a 1x1 kernel");
    }
    ConstantTensor factor =
        weights.rank() == 2 ? weights : weights.withDimensions(weights.size(), 1);
    Matrix matrix = matrix(node, factor, false, 1, inputs);
    int[] shape = input.shape().dimensions().stream().limit(rank - 1L).mapToInt(d -> d).toArray();
    if (weights.rank() == 2) {
      shape = Arrays.copyOf(shape, rank);
      shape[rank - 1] = matrix.rows();
    }
    return node.builder()
        .addLinear(
            node.name(),
            new Operator.Dense(matrix, new double[matrix.rows()]),
            input,
            TensorShape.of(shape));
  }

  private static Value batchNormalization(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    Computed input = node.materialised(0);
    if (node.attributes().integer("training_mode", 0) != 0) {
      throw new UnsupportedNodeException("export the model in inference mode");
    }
    int channels = input.shape().rank() == 0 ? 1 : input.shape().dimension(0);
    ConstantTensor[] parameters = new ConstantTensor[4];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = node.constant(i + 1, "every parameter");
      if (parameters[i].size() != channels) {
        throw node.invalid("has parameters of shape " + parameters[i].describe());
      }
    }
    double epsilon = node.attributes().real("epsilon", 1e-5f);
    node.builder().charge(2L * channels);
    double[] scale = new double[channels];
    double[] shift = new double[channels];
    for (int c = 0; c < channels; c++) {
      scale[c] = parameters[0].real(c) / Math.sqrt(parameters[3].real(c) + epsilon);
      shift[c] = parameters[1].real(c) - scale[c] * parameters[2].real(c);
    }
    return node.builder().addElementwise(node.name(), input, scale, shift);
  }
}
