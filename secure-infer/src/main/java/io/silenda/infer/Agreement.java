package io.silenda.infer;

import io.silenda.infer.tensor.Tensor;

/** Compares decrypted answers with those of ONNX Runtime. */
final class Agreement {
  private Agreement() {}

  /** Fraction of rows with the same largest column, or the same sign where there is one column. */
  static double argmax(Tensor actual, Tensor expected) {
    int equal = 0;
    for (int row = 0; row < actual.rows(); row++) {
      equal += decision(actual.row(row)) == decision(expected.row(row)) ? 1 : 0;
    }
    return (double) equal / actual.rows();
  }

  /** Largest absolute difference of any element. */
  static double maxAbsError(Tensor actual, Tensor expected) {
    float[] a = actual.values();
    float[] b = expected.values();
    if (a.length != b.length) {
      throw new IllegalArgumentException(a.length + " values against " + b.length);
    }
    double max = 0;
    for (int i = 0; i < a.length; i++) {
      max = Math.max(max, Math.abs((double) a[i] - b[i]));
    }
    return max;
  }

  private static int decision(float[] row) {
    if (row.length == 1) {
      return row[0] > 0 ? 1 : 0;
    }
    int best = 0;
    for (int i = 1; i < row.length; i++) {
      best = row[i] > row[best] ? i : best;
    }
    return best;
  }
}
