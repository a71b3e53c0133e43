package io.silenda.infer.packing;

import io.silenda.he.Polynomial.Basis;
import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.PrivateInferenceException.Reason;
import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.Node;
import io.silenda.infer.graph.Operator.Approximation;
import io.silenda.infer.graph.Operator.Convolution;
import io.silenda.infer.graph.Operator.Dense;
import io.silenda.infer.graph.Operator.Input;
import io.silenda.infer.graph.Operator.Polynomial;
import io.silenda.infer.graph.TensorShape;
import java.util.List;
import java.util.Optional;

/**
 * Lowers a graph to a chain of linear stages and polynomials. What only scales and shifts an
 * element goes into a linear neighbour; a quadratic polynomial becomes a square, and x⁴ and higher
 * powers of two become squares in a row.
 */
public final class Lowering {
  private final StageList stages;

  private Lowering(int inputSize) {
    this.stages = new StageList(inputSize);
  }

  /**
   * Lowers a graph.
   *
   * @throws PrivateInferenceException if it is not a chain of linear layers and polynomials
   */
  public static PackableChain run(Graph graph) throws PrivateInferenceException {
    TensorShape inputShape = graph.node(graph.inputId()).shape();
    int size = inputShape.elementCount();
    Lowering lowering = new Lowering(size);
    int previous = -1;
    for (Node node : graph.nodes()) {
      if (!(node.operator() instanceof Input)) {
        requireChain(node, previous);
        lowering.add(node);
      }
      previous = node.id();
    }
    return new PackableChain(lowering.stages.finish(), size, image(inputShape));
  }

  private static void requireChain(Node node, int previous) throws PrivateInferenceException {
    if (node.inputs().size() != 1 || node.inputs().get(0) != previous) {
      throw unsupported("node " + node.name() + " branches: only chains of layers are packed");
    }
  }

  private void add(Node node) throws PrivateInferenceException {
    if (node.operator() instanceof Dense dense) {
      stages.linear(node.name(), DenseMap.of(dense), image(node.shape()));
    } else if (node.operator() instanceof Convolution convolution) {
      stages.linear(node.name(), ConvolutionMap.of(convolution), image(node.shape()));
    } else if (node.operator() instanceof Polynomial polynomial) {
      addPolynomial(node.name(), polynomial.coefficients());
    } else if (node.operator() instanceof Approximation approximation) {
      stages.scaling(approximation.unitScale(), approximation.unitShift());
      stages.polynomial(
          node.name(), new io.silenda.he.Polynomial(Basis.CHEBYSHEV, approximation.coefficients()));
    } else {
      throw unsupported("node " + node.name() + " is neither linear nor a polynomial");
    }
  }

  private void addPolynomial(String name, double[] coefficients) {
    int degree = coefficients.length - 1;
    if (isMonomial(coefficients) && degree >= 2 && Integer.bitCount(degree) == 1) {
      for (int power = 2; power <= degree; power *= 2) {
        stages.polynomial(name, Stage.Elementwise.square(name).polynomial());
      }
      stages.scaling(coefficients[degree], 0);
    } else {
      stages.polynomial(name, new io.silenda.he.Polynomial(Basis.MONOMIAL, coefficients));
    }
  }

  private static boolean isMonomial(double[] coefficients) {
    for (int i = 0; i < coefficients.length - 1; i++) {
      if (coefficients[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static Optional<ImageShape> image(TensorShape shape) {
    List<Integer> dims = shape.dimensions();
    return dims.size() == 3
        ? Optional.of(new ImageShape(dims.get(0), dims.get(1), dims.get(2)))
        : Optional.empty();
  }

  private static PrivateInferenceException unsupported(String message) {
    return new PrivateInferenceException(Reason.UNSUPPORTED_MODEL, message);
  }
}
