package io.silenda.infer;

import io.silenda.infer.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Rows on which the compiler observes how large values become: calibration rows, or made ones. */
final class SampleRows {
  private static final int MADE_ROWS_OF_A_KIND = 12;
  private static final int MAX_CALIBRATION_ROWS = 64;

  private SampleRows() {}

  /** A few rows, evenly spread over all. */
  static List<double[]> spread(List<double[]> all) {
    int count = Math.min(MAX_CALIBRATION_ROWS, all.size());
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(all.get((int) ((long) i * all.size() / count)));
    }
    return rows;
  }

  /** All rows of a tensor, flattened. */
  static List<double[]> all(Tensor tensor) {
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < tensor.rows(); i++) {
      float[] row = tensor.row(i);
      double[] values = new double[row.length];
      for (int j = 0; j < row.length; j++) {
        values[j] = row[j];
      }
      rows.add(values);
    }
    return rows;
  }

  /** Rows uniform in 0..1 (as images are), uniform in −1..1 and standard normal. */
  static List<double[]> made(int size) {
    SplittableRandom random = new SplittableRandom(20_260_101);
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < MADE_ROWS_OF_A_KIND; i++) {
      rows.add(random.doubles(size).toArray());
      rows.add(random.doubles(size, -1, 1).toArray());
      double[] normal = new double[size];
      for (int j = 0; j < size; j++) {
        normal[j] = random.nextGaussian();
      }
      rows.add(normal);
    }
    return rows;
  }
}
