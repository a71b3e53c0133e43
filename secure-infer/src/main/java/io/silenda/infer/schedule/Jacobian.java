package io.silenda.infer.schedule;

import io.silenda.he.Polynomial;
import io.silenda.infer.packing.Stage;
import io.silenda.infer.packing.StageGraph;
import java.util.List;

/** Derivatives of every answer by every element of every tensor, at one row: one pass backwards. */
final class Jacobian {
  private final StageGraph graph;
  private final List<double[]> values;
  private final double[][][] derivatives;

  Jacobian(StageGraph graph, List<double[]> values) {
    this.graph = graph;
    this.values = values;
    int answers = values.get(values.size() - 1).length;
    this.derivatives = new double[values.size()][answers][];
    for (int tensor = 0; tensor < values.size(); tensor++) {
      for (int o = 0; o < answers; o++) {
        derivatives[tensor][o] = new double[values.get(tensor).length];
      }
    }
    for (int o = 0; o < answers; o++) {
      derivatives[values.size() - 1][o][o] = 1;
    }
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      backward(i);
    }
  }

  double largestRowNorm(int tensor) {
    double largest = 0;
    for (double[] row : derivatives[tensor]) {
      double squares = 0;
      for (double value : row) {
        squares += value * value;
      }
      largest = Math.max(largest, squares);
    }
    return Math.sqrt(largest);
  }

  private void backward(int index) {
    StageGraph.Node node = graph.nodes().get(index);
    double[][] results = derivatives[index + 1];
    if (node.stage() instanceof Stage.Linear linear) {
      for (int k = 0; k < node.operands().size(); k++) {
        double[][] operand = derivatives[node.operands().get(k)];
        for (int o = 0; o < results.length; o++) {
          linear.matrices().get(k).addTransposedTimes(results[o], operand[o]);
        }
      }
    } else if (node.stage() instanceof Stage.Elementwise elementwise) {
      int operand = node.operands().get(0);
      addScaled(operand, derivative(elementwise.polynomial(), values.get(operand)), results);
    } else {
      int left = node.operands().get(0);
      int right = node.operands().get(1);
      addScaled(left, values.get(right), results);
      addScaled(right, values.get(left), results);
    }
  }

  private static double[] derivative(Polynomial polynomial, double[] input) {
    double[] derivative = new double[input.length];
    for (int e = 0; e < input.length; e++) {
      derivative[e] = PolynomialGains.derivative(polynomial, input[e]);
    }
    return derivative;
  }

  private void addScaled(int operand, double[] factors, double[][] results) {
    for (int o = 0; o < results.length; o++) {
      double[] sum = derivatives[operand][o];
      for (int e = 0; e < factors.length; e++) {
        sum[e] += factors[e] * results[o][e];
      }
    }
  }
}
