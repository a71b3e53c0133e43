package io.silenda.infer.packing;

import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.PrivateInferenceException.Reason;
import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.Node;
import io.silenda.infer.graph.Operator.Convolution;
import io.silenda.infer.graph.Operator.Dense;
import io.silenda.infer.graph.Operator.Input;
import io.silenda.infer.graph.Operator.Polynomial;
import io.silenda.infer.graph.TensorShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lowers a graph to a chain of linear stages and squares. Neighbouring linear layers become one,
 * since each would cost a level; x⁴ and higher powers of two become squares in a row.
 */
public final class Lowering {
  private final Graph graph;
  private final List<Stage> stages = new ArrayList<>();

  private Lowering(Graph graph) {
    this.graph = graph;
  }

  /**
   * Lowers a graph.
   *
   * @throws PrivateInferenceException if it is not a chain of linear layers and even powers
   */
  public static PackableChain run(Graph graph) throws PrivateInferenceException {
    return new Lowering(graph).lower();
  }

  private PackableChain lower() throws PrivateInferenceException {
    TensorShape inputShape = null;
    int previous = -1;
    for (Node node : graph.nodes()) {
      if (node.operator() instanceof Input) {
        inputShape = node.shape();
      } else {
        requireChain(node, previous);
        add(node);
      }
      previous = node.id();
    }
    if (inputShape == null) {
      throw unsupported("the graph has no input");
    }
    int size = inputShape.elementCount();
    if (stages.isEmpty() || stages.get(0) instanceof Stage.Elementwise) {
      stages.add(0, identity("input", size));
    }
    if (stages.get(stages.size() - 1) instanceof Stage.Elementwise) {
      stages.add(
          identity("output", graph.nodes().get(graph.nodes().size() - 1).shape().elementCount()));
    }
    return new PackableChain(stages, size, image(inputShape));
  }

  private static void requireChain(Node node, int previous) throws PrivateInferenceException {
    if (node.inputs().size() != 1 || node.inputs().get(0) != previous) {
      throw unsupported("node " + node.name() + " branches: only chains of layers are packed");
    }
  }

  private void add(Node node) throws PrivateInferenceException {
    if (node.operator() instanceof Dense dense) {
      addLinear(node, DenseMap.of(dense));
    } else if (node.operator() instanceof Convolution convolution) {
      addLinear(node, ConvolutionMap.of(convolution));
    } else if (node.operator() instanceof Polynomial polynomial) {
      addPower(node, polynomial.coefficients());
    } else {
      throw unsupported("node " + node.name() + " is neither linear nor a polynomial");
    }
  }

  private void addLinear(Node node, AffineMap map) {
    Optional<ImageShape> shape = image(node.shape());
    int last = stages.size() - 1;
    if (last >= 0 && stages.get(last) instanceof Stage.Linear before) {
      stages.set(
          last,
          new Stage.Linear(before.name() + "+" + node.name(), map.after(before.map()), shape));
    } else {
      stages.add(new Stage.Linear(node.name(), map, shape));
    }
  }

  private void addPower(Node node, double[] coefficients) throws PrivateInferenceException {
    int degree = coefficients.length - 1;
    boolean monomial = degree >= 2 && coefficients[degree] == 1;
    for (int i = 0; i < degree; i++) {
      monomial &= coefficients[i] == 0;
    }
    if (!monomial || Integer.bitCount(degree) != 1) {
      throw unsupported("node " + node.name() + " is not a power x^2, x^4, x^8, …");
    }
    for (int power = 2; power <= degree; power *= 2) {
      stages.add(new Stage.Elementwise(node.name(), new double[] {0, 0, 1}));
    }
  }

  private static Stage identity(String name, int size) {
    SparseMatrix.Builder matrix = new SparseMatrix.Builder(size, size);
    for (int i = 0; i < size; i++) {
      matrix.add(i, i, 1);
    }
    return new Stage.Linear(
        name, new AffineMap(matrix.build(), new double[size]), Optional.empty());
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
