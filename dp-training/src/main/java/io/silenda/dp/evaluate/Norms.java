package io.silenda.dp.evaluate;

import io.silenda.dp.network.TensorShape;

/** Normalisations of one record. */
final class Norms {
  private Norms() {}

  static float[] group(
      float[] x, TensorShape in, int groups, float epsilon, float[] scale, float[] bias) {
    int channels = in.channels();
    // Vectors have their channels last, and positions only images and sequences.
    boolean image = in.isImage();
    int positions = in.positions();
    float[] y = new float[x.length];
    int perGroup = channels / groups;
    for (int group = 0; group < groups; group++) {
      double sum = 0;
      double squares = 0;
      for (int c = group * perGroup; c < (group + 1) * perGroup; c++) {
        for (int p = 0; p < positions; p++) {
          double value = x[image ? c * positions + p : p * channels + c];
          sum += value;
          squares += value * value;
        }
      }
      int count = perGroup * positions;
      double mean = sum / count;
      double factor = 1 / Math.sqrt(squares / count - mean * mean + epsilon);
      for (int c = group * perGroup; c < (group + 1) * perGroup; c++) {
        for (int p = 0; p < positions; p++) {
          int at = image ? c * positions + p : p * channels + c;
          y[at] = (float) ((x[at] - mean) * factor) * scale[c] + bias[c];
        }
      }
    }
    return y;
  }

  static float[] layer(float[] x, float epsilon, float[] scale, float[] bias) {
    int features = scale.length;
    float[] y = new float[x.length];
    for (int start = 0; start < x.length; start += features) {
      double sum = 0;
      double squares = 0;
      for (int i = start; i < start + features; i++) {
        sum += x[i];
        squares += (double) x[i] * x[i];
      }
      double mean = sum / features;
      double factor = 1 / Math.sqrt(squares / features - mean * mean + epsilon);
      for (int i = 0; i < features; i++) {
        y[start + i] = (float) ((x[start + i] - mean) * factor) * scale[i] + bias[i];
      }
    }
    return y;
  }
}
