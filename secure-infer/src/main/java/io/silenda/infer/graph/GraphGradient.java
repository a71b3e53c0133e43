package io.silenda.infer.graph;

import java.util.List;
import java.util.Map;

/**
 * Derivatives of a graph's core tensor by its input, backwards through the nodes. Activations with
 * a kink have the slope of a short secant there. Immutable and safe for use by several threads.
 */
public final class GraphGradient {
  private static final double STEP = 1e-5;

  private final Graph graph;

  /** Derivatives of {@code graph}. */
  public GraphGradient(Graph graph) {
    this.graph = graph;
  }

  /**
   * The gradient of a weighted sum of the core tensor.
   *
   * @param values every node's output, as {@link GraphInterpreter#evaluateAll} gives them
   * @param weights one for each element of the core tensor
   * @return one derivative for each element of the input
   */
  public double[] of(Map<Integer, double[]> values, double[] weights) {
    double[][] sums = new double[graph.nodes().size()][];
    for (Node node : graph.nodes()) {
      sums[node.id()] = new double[node.shape().elementCount()];
    }
    System.arraycopy(weights, 0, sums[graph.outputId()], 0, weights.length);
    List<Node> nodes = graph.nodes();
    for (int id = nodes.size() - 1; id > 0; id--) {
      Node node = nodes.get(id);
      for (int operand = 0; operand < node.inputs().size(); operand++) {
        backward(node, operand, values, sums);
      }
    }
    return sums[graph.inputId()];
  }

  private static void backward(
      Node node, int operand, Map<Integer, double[]> values, double[][] sums) {
    double[] from = sums[node.id()];
    int input = node.inputs().get(operand);
    double[] to = sums[input];
    Operator operator = node.operator();
    if (operator instanceof Operator.Dense dense) {
      dense(dense.weights(), from, to);
    } else if (operator instanceof SparseAffine sparse) {
      sparse.weights().forEach((row, column, value) -> to[column] += value * from[row]);
    } else if (operator instanceof Operator.Convolution convolution) {
      new DirectConvolution(convolution).addTransposed(from, to);
    } else if (operator instanceof Operator.Multiply) {
      double[] factor = valueOf(values, node.inputs().get(1 - operand));
      for (int i = 0; i < to.length; i++) {
        to[i] += factor[i] * from[i];
      }
    } else {
      elementwise(operator, valueOf(values, input), from, to);
    }
  }

  private static void dense(Matrix weights, double[] from, double[] to) {
    for (int row = 0; row < from.length; row++) {
      if (from[row] != 0) {
        for (int column = 0; column < to.length; column++) {
          to[column] += weights.get(row, column) * from[row];
        }
      }
    }
  }

  private static void elementwise(Operator operator, double[] at, double[] from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      double slope = operator instanceof Operator.Add ? 1 : slope(operator, at[i]);
      to[i] += slope * from[i];
    }
  }

  private static double slope(Operator operator, double x) {
    double step = STEP * (1 + Math.abs(x));
    return (GraphInterpreter.applyElement(operator, x + step)
            - GraphInterpreter.applyElement(operator, x - step))
        / (2 * step);
  }

  private static double[] valueOf(Map<Integer, double[]> values, int node) {
    double[] value = values.get(node);
    if (value == null) {
      throw new IllegalArgumentException("values lack node " + node);
    }
    return value;
  }
}
