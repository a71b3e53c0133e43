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

  /** Evenly spread rows of a calibration tensor. */
  static List<double[]> from(Tensor calibration) {
    int count = Math.min(MAX_CALIBRATION_ROWS, calibration.rows());
    return spread(calibration, count);
  }

  /** All rows of a calibration tensor, flattened. */
  static List<double[]> all(Tensor calibration) {
    return spread(calibration, calibration.rows());
  }

  private static List<double[]> spread(Tensor calibration, int count) {
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] row = calibration.row((int) ((long) i * calibration.rows() / count));
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
