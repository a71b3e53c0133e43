package io.silenda.infer.approx;

import java.util.List;

/**
 * How a network's answers on the calibration rows change when polynomials stand in the place of its
 * activations. Nothing of it comes from encryption.
 *
 * @param rows how many rows were compared
 * @param changedDecisions rows with another largest column, or another sign of their one column
 * @param relativeError root mean square error over the standard deviation of the answers
 * @param maxAbsError largest absolute error of an answer
 */
public record AnswerError(
    int rows, int changedDecisions, double relativeError, double maxAbsError) {

  /** No activation was approximated. */
  public static AnswerError none() {
    return new AnswerError(0, 0, 0, 0);
  }

  /** Part of the rows whose decision stays. */
  public double agreement() {
    return rows == 0 ? 1 : 1 - (double) changedDecisions / rows;
  }

  static AnswerError between(List<double[]> actual, List<double[]> expected) {
    int changed = 0;
    double squares = 0;
    double largest = 0;
    for (int row = 0; row < expected.size(); row++) {
      double[] a = actual.get(row);
      double[] e = expected.get(row);
      changed += decision(a) == decision(e) ? 0 : 1;
      for (int i = 0; i < e.length; i++) {
        double error = Math.abs(a[i] - e[i]);
        squares += error * error;
        // NaN counts as infinitely wrong.
        largest =
            error <= largest ? largest : Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
      }
    }
    double meanSquare = squares / Math.max(1, expected.size() * (long) expected.get(0).length);
    double relative = Math.sqrt(meanSquare) / Math.max(Double.MIN_NORMAL, deviation(expected));
    return new AnswerError(
        expected.size(),
        changed,
        Double.isNaN(relative) ? Double.POSITIVE_INFINITY : relative,
        largest);
  }

  private static int decision(double[] row) {
    if (row.length == 1) {
      return row[0] > 0 ? 1 : 0;
    }
    int best = 0;
    for (int i = 1; i < row.length; i++) {
      best = row[i] > row[best] ? i : best;
    }
    return best;
  }

  private static double deviation(List<double[]> rows) {
    double sum = 0;
    double squares = 0;
    long count = 0;
    for (double[] row : rows) {
      for (double value : row) {
        sum += value;
        squares += value * value;
        count++;
      }
    }
    double mean = sum / count;
    return Math.sqrt(Math.max(0, squares / count - mean * mean));
  }
}
