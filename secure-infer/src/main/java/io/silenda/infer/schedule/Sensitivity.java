package io.silenda.infer.schedule;

import io.silenda.he.Polynomial;
import io.silenda.infer.packing.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How large the values of a chain become and how much an error in each of them matters to the
 * answer, observed on sample rows.
 *
 * <p>Index 0 is the input, index i the output of stage i − 1.
 *
 * @param gain largest Euclidean norm of a row of the Jacobian from this tensor to the answer
 * @param norm largest Euclidean norm of this tensor
 * @param maxAbs largest magnitude in this tensor
 * @param answerSum largest sum of magnitudes over the answer
 * @param polynomials by stage, how errors inside each polynomial reach its result
 */
record Sensitivity(
    double[] gain,
    double[] norm,
    double[] maxAbs,
    double answerSum,
    Map<Integer, PolynomialGains> polynomials) {

  static Sensitivity observe(List<Stage> stages, List<double[]> rows) {
    int tensors = stages.size() + 1;
    Sensitivity worst =
        new Sensitivity(
            new double[tensors], new double[tensors], new double[tensors], 0, new HashMap<>());
    double answerSum = 0;
    List<List<double[]>> observed = new ArrayList<>();
    for (double[] row : rows) {
      List<double[]> values = forward(stages, row);
      worst.includeValues(values);
      worst.includeGains(stages, values);
      answerSum = Math.max(answerSum, sumAbs(values.get(stages.size())));
      observed.add(values);
    }
    return new Sensitivity(
        worst.gain, worst.norm, worst.maxAbs, answerSum, polynomialGains(stages, observed));
  }

  private static Map<Integer, PolynomialGains> polynomialGains(
      List<Stage> stages, List<List<double[]>> observed) {
    Map<Integer, PolynomialGains> gains = new HashMap<>();
    for (int i = 0; i < stages.size(); i++) {
      if (stages.get(i) instanceof Stage.Elementwise elementwise) {
        int tensor = i;
        List<double[]> inputs = observed.stream().map(values -> values.get(tensor)).toList();
        gains.put(i, PolynomialGains.observe(elementwise.polynomial(), inputs));
      }
    }
    return Map.copyOf(gains);
  }

  private static List<double[]> forward(List<Stage> stages, double[] row) {
    List<double[]> values = new ArrayList<>();
    values.add(row);
    for (Stage stage : stages) {
      values.add(stage.apply(values.get(values.size() - 1)));
    }
    return values;
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

  private void includeGains(List<Stage> stages, List<double[]> values) {
    int outputs = values.get(stages.size()).length;
    double[][] jacobian = new double[outputs][outputs];
    for (int o = 0; o < outputs; o++) {
      jacobian[o][o] = 1;
    }
    includeGain(stages.size(), jacobian);
    for (int i = stages.size() - 1; i >= 0; i--) {
      jacobian = backward(stages.get(i), jacobian, values.get(i));
      includeGain(i, jacobian);
    }
  }

  private static double[][] backward(Stage stage, double[][] jacobian, double[] input) {
    double[][] result = new double[jacobian.length][input.length];
    if (stage instanceof Stage.Linear linear) {
      linear
          .map()
          .matrix()
          .forEach(
              (row, column, value) -> {
                for (int o = 0; o < jacobian.length; o++) {
                  result[o][column] += jacobian[o][row] * value;
                }
              });
      return result;
    }
    Polynomial polynomial = ((Stage.Elementwise) stage).polynomial();
    for (int e = 0; e < input.length; e++) {
      double derivative = PolynomialGains.derivative(polynomial, input[e]);
      for (int o = 0; o < jacobian.length; o++) {
        result[o][e] = derivative * jacobian[o][e];
      }
    }
    return result;
  }

  private void includeGain(int tensor, double[][] jacobian) {
    for (double[] row : jacobian) {
      double squares = 0;
      for (double value : row) {
        squares += value * value;
      }
      gain[tensor] = Math.max(gain[tensor], Math.sqrt(squares));
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
