package io.silenda.infer.approx;

import io.silenda.infer.approx.TensorBounds.Ends;
import io.silenda.infer.graph.CompressedRows;
import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.GraphInterpreter;
import io.silenda.infer.graph.Matrix;
import io.silenda.infer.graph.Node;
import io.silenda.infer.graph.Operator;
import io.silenda.infer.graph.SparseAffine;
import java.util.Arrays;
import java.util.Map;

/**
 * Interval arithmetic through a graph: what every tensor lies between where all inputs lie in a
 * declared range. Exact for one linear layer, whose ends are its middle and the magnitudes of its
 * weights times the radii; tensors that depend on each other are taken to be independent, so that
 * bounds of deep networks are far wider than what inputs reach.
 */
final class RangePropagation {
  private final Map<Integer, Double> errors;
  private final TensorBounds[] bounds;

  /**
   * @param errors by node, how far what stands in the place of an activation may be from it
   */
  RangePropagation(Graph graph, InputRange inputs, Map<Integer, Double> errors) {
    this.errors = Map.copyOf(errors);
    this.bounds = new TensorBounds[graph.nodes().size()];
    for (Node node : graph.nodes()) {
      bounds[node.id()] =
          node.inputs().isEmpty()
              ? TensorBounds.even(node.shape().elementCount(), inputs)
              : bounds(node);
    }
  }

  /** The bounds of a node's result. */
  TensorBounds of(int node) {
    return bounds[node];
  }

  private TensorBounds bounds(Node node) {
    TensorBounds first = bounds[node.inputs().get(0)];
    if (node.operator() instanceof Operator.Activation activation) {
      double error = errors.getOrDefault(node.id(), 0.0);
      return first.map(ends -> FunctionBounds.of(activation, ends).widened(error));
    } else if (node.operator() instanceof Operator.Polynomial polynomial) {
      return first.map(ends -> FunctionBounds.of(polynomial.coefficients(), ends));
    } else if (node.inputs().size() > 1) {
      return joined(node);
    }
    return affine(node, first);
  }

  private TensorBounds joined(Node node) {
    boolean isProduct = node.operator() instanceof Operator.Multiply;
    int first = node.inputs().get(0);
    TensorBounds result = bounds[first];
    for (int operand : node.inputs().subList(1, node.inputs().size())) {
      boolean isSquare = isProduct && operand == first;
      double[] low = new double[result.low().length];
      double[] high = new double[low.length];
      for (int i = 0; i < low.length; i++) {
        Ends left = result.at(i);
        Ends right = bounds[operand].at(i);
        Ends ends = isSquare ? left.square() : isProduct ? left.times(right) : left.plus(right);
        low[i] = ends.low();
        high[i] = ends.high();
      }
      result = new TensorBounds(low, high);
    }
    return result;
  }

  private TensorBounds affine(Node node, TensorBounds argument) {
    Operator magnitude = magnitude(node.operator());
    Node ofRadii = new Node(node.id(), node.name(), magnitude, node.inputs(), node.shape());
    return TensorBounds.around(
        evaluate(node, argument.middles()), evaluate(ofRadii, argument.radii()));
  }

  private double[] evaluate(Node node, double[] argument) {
    double[][] values = new double[bounds.length][];
    values[node.inputs().get(0)] = argument;
    return GraphInterpreter.evaluate(node, values);
  }

  /** The same linear map with magnitudes in the place of its weights, and no bias. */
  private static Operator magnitude(Operator operator) {
    if (operator instanceof Operator.Dense dense) {
      Matrix weights = dense.weights();
      return new Operator.Dense(
          Matrix.of(weights.rows(), weights.columns(), magnitudes(weights.values())),
          new double[weights.rows()]);
    } else if (operator instanceof Operator.Convolution convolution) {
      return new Operator.Convolution(
          convolution.geometry(),
          magnitudes(convolution.weights()),
          new double[convolution.geometry().outChannels()]);
    } else if (operator instanceof SparseAffine sparse) {
      CompressedRows weights = sparse.weights();
      CompressedRows.Builder builder =
          new CompressedRows.Builder(weights.rows(), weights.columns());
      weights.forEach((row, column, value) -> builder.add(row, column, Math.abs(value)));
      return new SparseAffine(builder.build(), new double[weights.rows()]);
    }
    throw new IllegalArgumentException(operator + " has no bounds: it is approximated already");
  }

  private static double[] magnitudes(double[] values) {
    return Arrays.stream(values).map(Math::abs).toArray();
  }
}
