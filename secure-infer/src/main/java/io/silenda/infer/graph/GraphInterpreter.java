package io.silenda.infer.graph;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Evaluates a graph in the clear, in double precision, with exact activations: the reference of
 * every later pass. Immutable and safe for use by several threads.
 */
public final class GraphInterpreter {
  private final Graph graph;

  /** An interpreter of {@code graph}. */
  public GraphInterpreter(Graph graph) {
    this.graph = graph;
  }

  /**
   * The core tensor for one row.
   *
   * @param row the flattened input, {@code inputShape().elementCount()} values
   * @throws IllegalArgumentException if {@code row} has another length
   */
  public double[] evaluate(double[] row) {
    return run(row)[graph.outputId()].clone();
  }

  /**
   * Every node's output for one row, by node id in topological order.
   *
   * @throws IllegalArgumentException if {@code row} has another length than the input
   */
  public Map<Integer, double[]> evaluateAll(double[] row) {
    double[][] values = run(row);
    Map<Integer, double[]> outputs = new LinkedHashMap<>();
    for (int id = 0; id < values.length; id++) {
      outputs.put(id, values[id]);
    }
    return outputs;
  }

  /**
   * Every node's output for one row, those before some node taken from an earlier run.
   *
   * @param earlier outputs by id of a graph with the same nodes before {@code first} on the same
   *     row; not changed
   * @param first the first node to evaluate, above the input's
   */
  public double[][] evaluateFrom(double[][] earlier, int first) {
    double[][] values = Arrays.copyOf(earlier, graph.nodes().size());
    for (Node node : graph.nodes().subList(first, values.length)) {
      values[node.id()] = evaluate(node, values);
    }
    return values;
  }

  private double[][] run(double[] row) {
    int expected = graph.node(graph.inputId()).shape().elementCount();
    if (row.length != expected) {
      throw new IllegalArgumentException("row has length " + row.length + ", must be " + expected);
    }
    double[][] values = new double[graph.nodes().size()][];
    for (Node node : graph.nodes()) {
      values[node.id()] = node.inputs().isEmpty() ? row.clone() : evaluate(node, values);
    }
    return values;
  }

  /**
   * The output of a node that is not the input.
   *
   * @param values outputs of the nodes before it, by id; not changed
   */
  public static double[] evaluate(Node node, double[][] values) {
    return node.inputs().size() > 1
        ? join(node, values)
        : apply(node.operator(), values[node.inputs().get(0)]);
  }

  private static double[] join(Node node, double[][] values) {
    boolean product = node.operator() instanceof Operator.Multiply;
    double[] output = values[node.inputs().get(0)].clone();
    for (int operand : node.inputs().subList(1, node.inputs().size())) {
      for (int i = 0; i < output.length; i++) {
        output[i] = product ? output[i] * values[operand][i] : output[i] + values[operand][i];
      }
    }
    return output;
  }

  private static double[] apply(Operator operator, double[] input) {
    if (operator instanceof Operator.Dense dense) {
      return sum(dense.weights().times(input), dense.bias());
    } else if (operator instanceof SparseAffine sparse) {
      return sum(sparse.weights().times(input), sparse.bias());
    } else if (operator instanceof Operator.Convolution convolution) {
      return new DirectConvolution(convolution).apply(input);
    }
    double[] output = input.clone();
    for (int i = 0; i < output.length; i++) {
      output[i] = applyElement(operator, output[i]);
    }
    return output;
  }

  private static double[] sum(double[] product, double[] bias) {
    for (int i = 0; i < product.length; i++) {
      product[i] += bias[i];
    }
    return product;
  }

  static double applyElement(Operator operator, double x) {
    if (operator instanceof Operator.Activation activation) {
      return activation.apply(x);
    } else if (operator instanceof Operator.Approximation approximation) {
      return approximation.apply(x);
    }
    return operator instanceof Operator.Polynomial polynomial ? polynomial.apply(x) : x;
  }
}
