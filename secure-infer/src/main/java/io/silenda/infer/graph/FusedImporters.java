package io.silenda.infer.graph;

import io.silenda.infer.graph.Value.Computed;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** Operators of {@code com.microsoft}, which ONNX Runtime's optimiser puts into a saved model. */
final class FusedImporters {
  private static final double QUICK_GELU_ALPHA = 1.702f;

  private FusedImporters() {}

  static Map<String, NodeImporter> all() {
    return Map.of(
        "FusedConv", FusedImporters::convolution,
        "FusedGemm", FusedImporters::gemm,
        "FusedMatMul", FusedImporters::matMul,
        "Gelu", node -> activation(node, ActivationKind.GELU),
        "FastGelu", node -> biased(node, ActivationKind.GELU_TANH),
        "BiasGelu", node -> biased(node, ActivationKind.GELU),
        "QuickGelu", FusedImporters::quickGelu);
  }

  private static Value activation(NodeContext node, ActivationKind kind)
      throws OnnxImportException, UnsupportedNodeException {
    return ActivationImporters.apply(node, new Operator.Activation(kind));
  }

  /** An optional bias of the last axis, and then the function. */
  private static Value biased(NodeContext node, ActivationKind kind)
      throws OnnxImportException, UnsupportedNodeException {
    if (!node.hasInput(1)) {
      return activation(node, kind);
    }
    Computed value = node.materialised(0);
    double[] bias = Broadcast.toRow(node, node.constant(1, "the bias"), value.shape());
    double[] ones = new double[bias.length];
    Arrays.fill(ones, 1);
    Computed sum = node.builder().addElementwise(node.name(), value, ones, bias);
    return pending(node, sum, new Operator.Activation(kind));
  }

  private static Value quickGelu(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    double alpha = node.attributes().real("alpha", QUICK_GELU_ALPHA);
    Computed value = ElementwiseImporters.withRoom(node, 0);
    Expression x = value.function();
    Expression gate =
        new Expression.Apply(new Operator.Activation(ActivationKind.SIGMOID), x.affine(alpha, 0));
    return value.withFunction(new Expression.Product(x, gate), node.name());
  }

  /** A convolution, a summand, and then an activation. */
  private static Value convolution(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    Computed result = LinearImporters.convolution(node);
    if (node.hasInput(3)) {
      Computed residual = node.materialised(3);
      if (!residual.shape().equals(result.shape())) {
        throw node.invalid("adds rows of shape " + residual.shape() + " to " + result.shape());
      }
      result = node.builder().addSum(node.name(), result, residual);
    }
    double[] parameters = node.attributes().reals("activation_params").orElse(new double[0]);
    return activated(
        node,
        result,
        parameters.length > 0 ? parameters[0] : Double.NaN,
        parameters.length > 1 ? parameters[1] : Double.NaN);
  }

  private static Value gemm(NodeContext node) throws OnnxImportException, UnsupportedNodeException {
    return activated(
        node,
        MatrixImporters.gemm(node),
        node.attributes().real("activation_alpha", Double.NaN),
        node.attributes().real("activation_beta", Double.NaN));
  }

  private static Value activated(NodeContext node, Computed value, double alpha, double beta)
      throws OnnxImportException, UnsupportedNodeException {
    String name = node.attributes().string("activation", "").toUpperCase(Locale.ROOT);
    return switch (name) {
      case "" -> value;
      case "RELU" -> pending(node, value, ActivationKind.RELU, 0, 0);
      case "TANH" -> pending(node, value, ActivationKind.TANH, 0, 0);
      case "SIGMOID" -> pending(node, value, ActivationKind.SIGMOID, 0, 0);
      case "SOFTPLUS" -> pending(node, value, ActivationKind.SOFTPLUS, 0, 0);
      case "LEAKYRELU" -> pending(node, value, ActivationKind.LEAKY_RELU, or(alpha, 0.01f), 0);
      case "CLIP" -> pending(node, value, ActivationKind.CLIP, alpha, beta);
      case "HARDSIGMOID" ->
          pending(node, value, ActivationKind.HARD_SIGMOID, or(alpha, 0.2f), or(beta, 0.5));
      default ->
          throw new UnsupportedNodeException(
              "the fused activation " + Text.name(name) + "; use Relu, Tanh or Sigmoid");
    };
  }

  private static double or(double value, double absent) {
    return Double.isNaN(value) ? absent : value;
  }

  private static Value pending(
      NodeContext node, Computed value, ActivationKind kind, double alpha, double beta) {
    return pending(node, value, new Operator.Activation(kind, alpha, beta));
  }

  private static Value pending(NodeContext node, Computed value, Operator.Activation function) {
    return value.withFunction(new Expression.Apply(function, value.function()), node.name());
  }

  private static Value matMul(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    if (node.attributes().integer("transA", 0) != 0
        || node.attributes().integer("transBatchA", 0) != 0
        || node.attributes().integer("transBatchB", 0) != 0) {
      throw new UnsupportedNodeException("only the second factor may be transposed; use MatMul");
    }
    boolean transposed = node.attributes().integer("transB", 0) != 0;
    return MatrixImporters.matMul(node, transposed, node.attributes().real("alpha", 1));
  }
}
