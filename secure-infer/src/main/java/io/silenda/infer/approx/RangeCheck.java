package io.silenda.infer.approx;

import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.GraphInterpreter;
import io.silenda.infer.graph.Node;
import io.silenda.infer.graph.Operator.Approximation;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Whether rows in the clear keep polynomials on the intervals that they were made for. */
public final class RangeCheck {
  private RangeCheck() {}

  /**
   * How many rows give some polynomial an argument outside of its interval.
   *
   * @param approximated a graph with polynomials in the place of its activations
   * @param rows flattened rows of its input
   */
  public static int rowsOutside(Graph approximated, List<double[]> rows) {
    if (approximated.nodes().stream().noneMatch(node -> node.operator() instanceof Approximation)) {
      return 0;
    }
    GraphInterpreter interpreter = new GraphInterpreter(approximated);
    int count = 0;
    for (double[] row : rows) {
      count += isInside(approximated, interpreter.evaluateAll(row)) ? 0 : 1;
    }
    return count;
  }

  /** The same of one row, by the outputs of all nodes. */
  static boolean isInside(Graph approximated, Map<Integer, double[]> values) {
    for (Node node : approximated.nodes()) {
      if (node.operator() instanceof Approximation function) {
        double[] arguments =
            Objects.requireNonNull(values.get(node.inputs().get(0)), "node without a value");
        for (double argument : arguments) {
          if (!(argument >= function.low() && argument <= function.high())) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
