package io.silenda.infer.graph;

import io.silenda.infer.graph.Value.Computed;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Add, Sub, Mul, Div, Neg and Pow. */
final class ElementwiseImporters {
  private static final int MAX_EXPONENT = 16;

  private ElementwiseImporters() {}

  static Map<String, NodeImporter> all() {
    Map<String, NodeImporter> importers = new HashMap<>();
    for (Arithmetic operation : Arithmetic.values()) {
      importers.put(operation.operatorType(), node -> binary(node, operation));
    }
    importers.put("Neg", node -> scaled(node, withRoom(node, 0), -1, 0));
    importers.put("Pow", ElementwiseImporters::power);
    importers.put("Sum", ElementwiseImporters::sum);
    return importers;
  }

  private static Value binary(NodeContext node, Arithmetic operation)
      throws OnnxImportException, UnsupportedNodeException {
    Value left = node.input(0);
    Value right = node.input(1);
    if (left instanceof Value.Known a && right instanceof Value.Known b) {
      return new Value.Known(ConstantArithmetic.apply(node, operation, a.tensor(), b.tensor()));
    } else if (right instanceof Value.Known constant) {
      return withConstant(node, operation, 0, constant.tensor());
    } else if (left instanceof Value.Known constant) {
      return constantFirst(node, operation, constant.tensor());
    }
    return combined(node, operation);
  }

  private static Value constantFirst(
      NodeContext node, Arithmetic operation, ConstantTensor constant)
      throws OnnxImportException, UnsupportedNodeException {
    return switch (operation) {
      case ADD, MUL -> withConstant(node, operation, 1, constant);
      case SUB -> {
        Value difference = withConstant(node, operation, 1, constant);
        yield difference instanceof Computed computed ? scaled(node, computed, -1, 0) : difference;
      }
      case DIV ->
          throw new UnsupportedNodeException(
              "division by a computed tensor; divide by a constant, or use BatchNormalization");
    };
  }

  /** {@code x ∘ constant}: a function of the element if the constant is one number. */
  private static Value withConstant(
      NodeContext node, Arithmetic operation, int input, ConstantTensor constant)
      throws OnnxImportException, UnsupportedNodeException {
    Computed value = node.computed(input);
    if (constant.isScalar() && constant.rank() <= value.shape().rank() + 1) {
      double c = constant.real(0);
      Computed room = withRoom(node, input);
      return scaled(node, room, operation.scale(c), operation.shift(c));
    }
    Computed ready = node.materialised(input);
    double[] values = Broadcast.toRow(node, constant, ready.shape());
    double[] scale = new double[values.length];
    double[] shift = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      scale[i] = operation.scale(values[i]);
      shift[i] = operation.shift(values[i]);
    }
    return node.builder().addElementwise(node.name(), ready, scale, shift);
  }

  private static Computed scaled(NodeContext node, Computed value, double scale, double shift) {
    return value.withFunction(value.function().affine(scale, shift), node.name());
  }

  /** Two computed tensors: a function of one element if both go back to the same tensor. */
  private static Value combined(NodeContext node, Arithmetic operation)
      throws OnnxImportException, UnsupportedNodeException {
    if (operation == Arithmetic.DIV) {
      throw new UnsupportedNodeException(
          "division by a computed tensor; divide by a constant, or use BatchNormalization");
    }
    Computed left = node.computed(0);
    Computed right = node.computed(1);
    if (1 + left.function().size() + right.function().size() > Expression.MAX_SIZE) {
      left = node.materialised(0);
      right = node.materialised(1);
    }
    if (left.node() != right.node() || !left.shape().equals(right.shape())) {
      return joined(node, operation);
    }
    Expression a = left.function();
    Expression b = right.function();
    Expression function =
        switch (operation) {
          case ADD -> new Expression.Sum(a, b);
          case SUB -> new Expression.Sum(a, b.affine(-1, 0));
          default -> new Expression.Product(a, b);
        };
    return left.withFunction(function, node.name());
  }

  /** Two different tensors, one of them repeated along axes where it has size 1. */
  private static Value joined(NodeContext node, Arithmetic operation)
      throws OnnxImportException, UnsupportedNodeException {
    TensorShape shape = Expansion.common(node.computed(0).shape(), node.computed(1).shape());
    Computed left = Expansion.to(node, node.materialised(0), shape);
    Computed right = Expansion.to(node, node.materialised(1), shape);
    return switch (operation) {
      case ADD -> node.builder().addSum(node.name(), left, right);
      case SUB -> node.builder().addSum(node.name(), left, negated(node, right));
      default -> node.builder().addProduct(node.name(), left, right);
    };
  }

  /** The sum of any number of computed tensors. */
  private static Value sum(NodeContext node) throws OnnxImportException, UnsupportedNodeException {
    TensorShape shape = node.computed(0).shape();
    for (int i = 1; i < node.inputCount(); i++) {
      shape = Expansion.common(shape, node.computed(i).shape());
    }
    Computed sum = Expansion.to(node, node.materialised(0), shape);
    for (int i = 1; i < node.inputCount(); i++) {
      Computed next = Expansion.to(node, node.materialised(i), shape);
      sum = node.builder().addSum(node.name(), sum, next);
    }
    return sum;
  }

  static Computed negated(NodeContext node, Computed value) throws OnnxImportException {
    node.builder().charge(2L * value.shape().elementCount());
    return node.builder().addElementwise(node.name(), value, new double[] {-1}, new double[] {0});
  }

  /** The tensor with a function small enough to grow by a factor and a summand. */
  static Computed withRoom(NodeContext node, int input)
      throws OnnxImportException, UnsupportedNodeException {
    Computed value = node.computed(input);
    return value.function().size() + 4 > Expression.MAX_SIZE ? node.materialised(input) : value;
  }

  private static Value power(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    Optional<Integer> exponent = exponent(node.constant(1, "the exponent"));
    if (exponent.isEmpty()) {
      throw new UnsupportedNodeException(
          "the exponent must be an integer from 1 to 16; train with such a power");
    }
    Computed value = node.computed(0);
    if ((value.function().size() + 1) * exponent.get() > Expression.MAX_SIZE) {
      value = node.materialised(0);
    }
    return value.withFunction(value.function().power(exponent.get()), node.name());
  }

  private static Optional<Integer> exponent(ConstantTensor constant) {
    if (!constant.isScalar()) {
      return Optional.empty();
    }
    double value = constant.real(0);
    return value == Math.rint(value) && value >= 1 && value <= MAX_EXPONENT
        ? Optional.of((int) value)
        : Optional.empty();
  }
}
