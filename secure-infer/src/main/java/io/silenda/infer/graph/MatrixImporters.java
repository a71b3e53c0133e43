package io.silenda.infer.graph;

import io.silenda.infer.graph.Value.Computed;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Gemm and MatMul with a constant factor. */
final class MatrixImporters {
  private MatrixImporters() {}

  static Map<String, NodeImporter> all() {
    return Map.of("Gemm", MatrixImporters::gemm, "MatMul", node -> matMul(node, false, 1));
  }

  static Computed gemm(NodeContext node) throws OnnxImportException, UnsupportedNodeException {
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

  /** A product with a matrix behind or in front; more axes in front are independent of it. */
  static Value matMul(NodeContext node, boolean transposed, double alpha)
      throws OnnxImportException, UnsupportedNodeException {
    if (node.input(0) instanceof Value.Known constant) {
      return constantFirst(node, constant.tensor());
    }
    if (!(node.input(1) instanceof Value.Known)) {
      throw new UnsupportedNodeException(
          "a product of two computed matrices, as in attention; use constant weights");
    }
    Computed input = node.materialised(0);
    ConstantTensor weights = node.constant(1, "the second factor");
    int rank = input.shape().rank();
    if (rank == 0 || weights.rank() < 1 || weights.rank() > 2) {
      throw new UnsupportedNodeException("the second factor must be a matrix; split the batch");
    }
    ConstantTensor factor =
        weights.rank() == 2 ? weights : weights.withDimensions(weights.size(), 1);
    int inputs = input.shape().dimension(rank - 1);
    Matrix matrix = matrix(node, factor, transposed, alpha, inputs);
    int[] shape = input.shape().dimensions().stream().limit(rank - 1L).mapToInt(d -> d).toArray();
    if (weights.rank() == 2) {
      shape = Arrays.copyOf(shape, rank);
      shape[rank - 1] = matrix.rows();
    }
    int blocks = input.shape().elementCount() / inputs;
    Operator operator =
        blocks == 1
            ? new Operator.Dense(matrix, new double[matrix.rows()])
            : repeated(node, matrix, blocks);
    return node.builder().addLinear(node.name(), operator, input, TensorShape.of(shape));
  }

  private static SparseAffine repeated(NodeContext node, Matrix matrix, int blocks)
      throws OnnxImportException {
    int rows = Math.multiplyExact(blocks, matrix.rows());
    int columns = Math.multiplyExact(blocks, matrix.columns());
    node.builder().charge((long) rows * (matrix.columns() + 1));
    CompressedRows.Builder weights = new CompressedRows.Builder(rows, columns);
    for (int row = 0; row < rows; row++) {
      int block = row / matrix.rows();
      for (int column = 0; column < matrix.columns(); column++) {
        weights.add(
            row, block * matrix.columns() + column, matrix.get(row % matrix.rows(), column));
      }
    }
    return new SparseAffine(weights.build(), new double[rows]);
  }

  /** A constant matrix times the matrix of the last two axes. */
  private static Value constantFirst(NodeContext node, ConstantTensor constant)
      throws OnnxImportException, UnsupportedNodeException {
    Computed input = node.materialised(1);
    if (input.shape().rank() != 2 || constant.rank() != 2) {
      throw new UnsupportedNodeException("the first factor must be computed; transpose the model");
    }
    int inner = input.shape().dimension(0);
    int width = input.shape().dimension(1);
    int height = constant.dimension(0);
    if (constant.dimension(1) != inner || height < 1) {
      throw node.invalid("multiplies " + constant.describe() + " by rows of " + input.shape());
    }
    int rows = Math.multiplyExact(height, width);
    node.builder().charge((long) rows * (inner + 1));
    CompressedRows.Builder weights = new CompressedRows.Builder(rows, inner * width);
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < inner; i++) {
        weights.add(row, i * width + row % width, constant.real(row / width * inner + i));
      }
    }
    SparseAffine product = new SparseAffine(weights.build(), new double[rows]);
    return node.builder().addLinear(node.name(), product, input, TensorShape.of(height, width));
  }
}
