package io.silenda.infer.graph;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The arithmetic of {@link ClientTail}, on one row. */
final class TailFunctions {
  private TailFunctions() {}

  static double[] sigmoid(double[] row) {
    return Arrays.stream(row).map(SpecialFunctions::sigmoid).toArray();
  }

  static double[] softmax(double[] row) {
    return Arrays.stream(logSoftmax(row)).map(Math::exp).toArray();
  }

  static double[] logSoftmax(double[] row) {
    double max = Arrays.stream(row).max().orElse(0);
    double log = max + Math.log(Arrays.stream(row).map(x -> Math.exp(x - max)).sum());
    return Arrays.stream(row).map(x -> x - log).toArray();
  }

  static int argMax(double[] row) {
    int best = 0;
    for (int i = 1; i < row.length; i++) {
      if (row[i] > row[best]) {
        best = i;
      }
    }
    return best;
  }

  static double[] normalize(double[] row, Norm norm) {
    double divisor =
        switch (norm) {
          case MAX -> Arrays.stream(row).max().orElse(0);
          case L1 -> Arrays.stream(row).map(Math::abs).sum();
          case L2 -> Math.sqrt(Arrays.stream(row).map(x -> x * x).sum());
        };
    return divisor == 0 ? row.clone() : Arrays.stream(row).map(x -> x / divisor).toArray();
  }

  static double[] top(double[] row, ClientTail.TopK top) {
    Comparator<Integer> bySize = Comparator.comparingDouble(i -> top.largest() ? -row[i] : row[i]);
    return IntStream.range(0, row.length)
        .boxed()
        .sorted(bySize)
        .limit(top.count())
        .mapToDouble(i -> top.indices() ? i : row[i])
        .toArray();
  }

  static double[] classify(double[] scores, PostTransform transform, int labelCount) {
    if (scores.length == 1 && labelCount == 2) {
      return secondColumn(scores[0], transform);
    }
    return switch (transform) {
      case NONE -> scores.clone();
      case LOGISTIC -> sigmoid(scores);
      case SOFTMAX -> softmax(scores);
    };
  }

  /** ONNX Runtime adds the column of the negative class in front of a single score. */
  private static double[] secondColumn(double score, PostTransform transform) {
    return transform == PostTransform.LOGISTIC
        ? new double[] {SpecialFunctions.sigmoid(-score), SpecialFunctions.sigmoid(score)}
        : new double[] {1 - score, score};
  }
}
