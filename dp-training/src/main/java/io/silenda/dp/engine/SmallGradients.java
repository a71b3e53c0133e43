package io.silenda.dp.engine;

import java.util.Arrays;

/** Gradients of a layer with few parameters: kept for every example, in doubles. */
final class SmallGradients {
  private final Batch batch;
  private final int count;
  private final double[] kept;

  SmallGradients(Batch batch, int count) {
    this.batch = batch;
    this.count = count;
    kept = new double[Math.multiplyExact(batch.capacity, count)];
  }

  void clear() {
    Arrays.fill(kept, 0, batch.examples() * count, 0);
  }

  /** Adds to the gradient of the example that a row belongs to. */
  void add(int row, int parameter, double value) {
    kept[row / batch.views * count + parameter] += value;
  }

  void norms(GradientNorms norms) {
    for (int i = 0; i < batch.examples(); i++) {
      double squared = 0;
      for (int j = i * count; j < (i + 1) * count; j++) {
        squared += kept[j] * kept[j];
      }
      norms.squared[i] += squared < LinearGradients.LARGEST_SQUARE ? squared : Double.NaN;
    }
  }

  void sum(float[] factors, int offset, GradientSum sum) {
    double[] total = new double[count];
    for (int i = 0; i < batch.examples(); i++) {
      for (int j = 0; factors[i] != 0 && j < count; j++) {
        total[j] += factors[i] * kept[i * count + j];
      }
    }
    sum.add(offset, total, count);
  }
}
