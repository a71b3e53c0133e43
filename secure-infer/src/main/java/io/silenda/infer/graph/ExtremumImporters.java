package io.silenda.infer.graph;

import io.silenda.infer.graph.Value.Computed;
import io.silenda.infer.graph.Value.Known;
import java.util.Map;

/**
 * Max and Min. With one number they are a Clip; else {@code max(a, b) = b + relu(a - b)} and {@code
 * min(a, b) = a - relu(a - b)}.
 */
final class ExtremumImporters {
  private static final Operator.Activation RELU = new Operator.Activation(ActivationKind.RELU);

  private ExtremumImporters() {}

  static Map<String, NodeImporter> all() {
    return Map.of("Max", node -> extremum(node, true), "Min", node -> extremum(node, false));
  }

  private static Value extremum(NodeContext node, boolean max)
      throws OnnxImportException, UnsupportedNodeException {
    if (node.inputCount() == 1) {
      return node.computed(0);
    } else if (node.inputCount() != 2) {
      throw new UnsupportedNodeException("more than two operands; use several nodes of two");
    }
    Value left = node.input(0);
    Value right = node.input(1);
    if (left instanceof Known a && right instanceof Known) {
      throw new UnsupportedNodeException(
          "two constants, the first of shape " + a.tensor().describe() + "; fold them before");
    } else if (right instanceof Known constant) {
      return withConstant(node, 0, constant.tensor(), max);
    } else if (left instanceof Known constant) {
      return withConstant(node, 1, constant.tensor(), max);
    }
    return ofTensors(node, max);
  }

  private static Value withConstant(
      NodeContext node, int input, ConstantTensor constant, boolean max)
      throws OnnxImportException, UnsupportedNodeException {
    Computed value = ElementwiseImporters.withRoom(node, input);
    if (constant.isScalar() && constant.rank() <= value.shape().rank() + 1) {
      double bound = constant.real(0);
      Operator.Activation clip =
          max && bound == 0
              ? RELU
              : new Operator.Activation(
                  ActivationKind.CLIP,
                  max ? bound : Double.NEGATIVE_INFINITY,
                  max ? Double.POSITIVE_INFINITY : bound);
      return value.withFunction(new Expression.Apply(clip, value.function()), node.name());
    }
    return withBounds(node, node.materialised(input), constant, max);
  }

  /** {@code c + relu(x - c)}, or {@code c - relu(c - x)}. */
  private static Value withBounds(
      NodeContext node, Computed value, ConstantTensor constant, boolean max)
      throws OnnxImportException, UnsupportedNodeException {
    double[] bounds = Broadcast.toRow(node, constant, value.shape());
    double sign = max ? 1 : -1;
    double[] signs = new double[bounds.length];
    double[] shifts = new double[bounds.length];
    for (int i = 0; i < bounds.length; i++) {
      signs[i] = sign;
      shifts[i] = -sign * bounds[i];
    }
    GraphBuilder builder = node.builder();
    Computed shifted = builder.addElementwise(node.name(), value, signs, shifts);
    Computed positive = builder.addActivation(node.name(), RELU, shifted);
    return builder.addElementwise(node.name(), positive, signs, bounds);
  }

  private static Value ofTensors(NodeContext node, boolean max)
      throws OnnxImportException, UnsupportedNodeException {
    TensorShape shape = Expansion.common(node.computed(0).shape(), node.computed(1).shape());
    Computed left = Expansion.to(node, node.materialised(0), shape);
    Computed right = Expansion.to(node, node.materialised(1), shape);
    if (left.node() == right.node()) {
      return left;
    }
    GraphBuilder builder = node.builder();
    Computed difference =
        builder.addSum(node.name(), left, ElementwiseImporters.negated(node, right));
    Computed positive = builder.addActivation(node.name(), RELU, difference);
    return max
        ? builder.addSum(node.name(), right, positive)
        : builder.addSum(node.name(), left, ElementwiseImporters.negated(node, positive));
  }
}
