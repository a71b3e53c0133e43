package io.silenda.dp.engine;

import java.util.Arrays;

/** Gradients of a bias: the sum of an example's output gradients over its positions. */
final class BiasGradients {
  private final Batch batch;
  private final int outputs;
  private final int positions;
  private final float[] sums;

  /**
   * @param positions of an example, over all views
   */
  BiasGradients(Batch batch, int outputs, int positions) {
    this.batch = batch;
    this.outputs = outputs;
    this.positions = positions;
    sums = new float[batch.capacity * outputs];
  }

  /** Sums over positions; needed before the other two. */
  void collect(float[] gradients) {
    Arrays.fill(sums, 0, batch.examples() * outputs, 0);
    for (int i = 0; i < batch.examples(); i++) {
      for (int t = 0; t < positions; t++) {
        add(gradients, (i * positions + t) * outputs, sums, i * outputs, outputs, 1);
      }
    }
  }

  void norms(GradientNorms norms) {
    for (int i = 0; i < batch.examples(); i++) {
      double squared = 0;
      for (int j = i * outputs; j < (i + 1) * outputs; j++) {
        squared += (double) sums[j] * sums[j];
      }
      norms.squared[i] += squared < LinearGradients.LARGEST_SQUARE ? squared : Double.NaN;
    }
  }

  void sum(float[] factors, float[] total) {
    Arrays.fill(total, 0);
    for (int i = 0; i < batch.examples(); i++) {
      if (factors[i] != 0) {
        add(sums, i * outputs, total, 0, outputs, factors[i]);
      }
    }
  }

  private static void add(float[] from, int at, float[] to, int start, int count, float factor) {
    for (int j = 0; j < count; j++) {
      to[start + j] += from[at + j] * factor;
    }
  }
}
