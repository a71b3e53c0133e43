package io.silenda.infer.schedule;

import io.silenda.infer.packing.SparseMatrix;
import io.silenda.infer.packing.Stage;
import io.silenda.infer.packing.StageGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How large the values of a graph become and how much an error in each of them matters to the
 * answer, observed on sample rows.
 *
 * <p>Index 0 is the input, index i the result of stage i − 1.
 *
 * @param gain largest Euclidean norm of a row of the Jacobian from this tensor to the answer
 * @param norm largest Euclidean norm of this tensor
 * @param maxAbs largest magnitude in this tensor
 * @param answerSum largest sum of magnitudes over the answer
 * @param polynomials by stage, how errors inside each polynomial reach its result
 */
@SuppressWarnings("ArrayRecordComponent") // Never handed out of the package, never changed.
record Sensitivity(
    double[] gain,
    double[] norm,
    double[] maxAbs,
    double answerSum,
    Map<Integer, PolynomialGains> polynomials) {
  /** Multiplications that the Jacobians may take: of large networks, fewer rows are looked at. */
  private static final double MAX_JACOBIAN_WORK = 3e8;

  /** Numbers that are kept of all rows' tensors. */
  private static final double MAX_VALUES = 3e7;

  private static final int MIN_ROWS = 2;

  static Sensitivity observe(StageGraph graph, List<double[]> rows) {
    int tensors = graph.tensorCount();
    Sensitivity worst =
        new Sensitivity(
            new double[tensors], new double[tensors], new double[tensors], 0, new HashMap<>());
    double answerSum = 0;
    int jacobianRows = atMost(rows.size(), MAX_JACOBIAN_WORK / jacobianWork(graph));
    List<List<double[]>> observed = new ArrayList<>();
    for (double[] row : rows.subList(0, atMost(rows.size(), MAX_VALUES / values(graph)))) {
      List<double[]> values = graph.evaluate(row);
      worst.includeValues(values);
      if (observed.size() < jacobianRows) {
        worst.includeGains(new Jacobian(graph, values));
      }
      answerSum = Math.max(answerSum, sumAbs(values.get(tensors - 1)));
      observed.add(values);
    }
    return new Sensitivity(
        worst.gain, worst.norm, worst.maxAbs, answerSum, polynomialGains(graph, observed));
  }

  private static int atMost(int rows, double limit) {
    return (int) Math.min(rows, Math.max(MIN_ROWS, limit));
  }

  private static double values(StageGraph graph) {
    double values = 0;
    for (int size : graph.sizes()) {
      values += size;
    }
    return values;
  }

  private static double jacobianWork(StageGraph graph) {
    double entries = 0;
    for (Stage stage : graph.stages()) {
      if (stage instanceof Stage.Linear linear) {
        entries += linear.matrices().stream().mapToInt(SparseMatrix::entryCount).sum();
      }
    }
    int[] sizes = graph.sizes();
    return Math.max(1, entries * sizes[sizes.length - 1]);
  }

  private static Map<Integer, PolynomialGains> polynomialGains(
      StageGraph graph, List<List<double[]>> observed) {
    Map<Integer, PolynomialGains> gains = new HashMap<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      StageGraph.Node node = graph.nodes().get(i);
      if (node.stage() instanceof Stage.Elementwise elementwise) {
        int tensor = node.operands().get(0);
        List<double[]> inputs = observed.stream().map(values -> values.get(tensor)).toList();
        gains.put(i, PolynomialGains.observe(elementwise.polynomial(), inputs));
      }
    }
    return Map.copyOf(gains);
  }

  private void includeValues(List<double[]> values) {
    for (int i = 0; i < values.size(); i++) {
      double squares = 0;
      for (double value : values.get(i)) {
        squares += value * value;
        maxAbs[i] = Math.max(maxAbs[i], Math.abs(value));
      }
      norm[i] = Math.max(norm[i], Math.sqrt(squares));
    }
  }

  private void includeGains(Jacobian jacobian) {
    for (int tensor = 0; tensor < gain.length; tensor++) {
      gain[tensor] = Math.max(gain[tensor], jacobian.largestRowNorm(tensor));
    }
  }

  private static double sumAbs(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += Math.abs(value);
    }
    return sum;
  }
}
