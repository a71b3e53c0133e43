package io.silenda.bench.overhead;

import java.util.List;

/**
 * How right answers were.
 *
 * @param rows rows compared
 * @param labels fraction of them classified as labelled; negative without labels
 * @param plainLabels the same of ONNX Runtime, on the same rows
 * @param agreement fraction classified as ONNX Runtime does
 * @param maxAbsError largest difference from ONNX Runtime, before the client's tail
 */
public record Accuracy(
    int rows, double labels, double plainLabels, double agreement, double maxAbsError) {

  /**
   * An answer to a row.
   *
   * @param row its index
   * @param core the answer
   */
  record Answered(int row, float[] core) {}

  /** Compares answers with ONNX Runtime's and with labels. */
  static Accuracy of(
      List<Answered> answers, List<float[]> expected, int[] labels, double threshold) {
    int right = 0;
    int plainRight = 0;
    int same = 0;
    double worst = 0;
    for (Answered each : answers) {
      int row = each.row() % expected.size();
      int decision = decision(each.core(), threshold);
      int plain = decision(expected.get(row), threshold);
      same += decision == plain ? 1 : 0;
      if (labels.length > 0) {
        right += decision == labels[row] ? 1 : 0;
        plainRight += plain == labels[row] ? 1 : 0;
      }
      worst = Math.max(worst, distance(each.core(), expected.get(row)));
    }
    double count = answers.size();
    return new Accuracy(
        answers.size(),
        labels.length > 0 ? right / count : -1,
        labels.length > 0 ? plainRight / count : -1,
        same / count,
        worst);
  }

  private static double distance(float[] actual, float[] expected) {
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      worst = Math.max(worst, Math.abs((double) actual[i] - expected[i]));
    }
    return worst;
  }

  /** The largest column; with one column, whether it is above the threshold. */
  static int decision(float[] core, double threshold) {
    if (core.length == 1) {
      return core[0] > threshold ? 1 : 0;
    }
    int best = 0;
    for (int i = 1; i < core.length; i++) {
      best = core[i] > core[best] ? i : best;
    }
    return best;
  }
}
