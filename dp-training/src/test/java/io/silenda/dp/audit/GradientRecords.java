package io.silenda.dp.audit;

import io.silenda.dp.train.TrainingData;
import java.util.ArrayList;
import java.util.List;

/**
 * Records of a linear layer with one output, whose gradients are the records themselves, up to a
 * factor that the label sets.
 */
record GradientRecords(List<float[]> gradients, float label) implements TrainingData {
  @Override
  public int recordCount() {
    return gradients.size();
  }

  @Override
  public void copyRecord(int record, float[] buffer, int offset) {
    System.arraycopy(gradients.get(record), 0, buffer, offset, gradients.get(record).length);
  }

  @Override
  public float label(int record) {
    return label;
  }

  /**
   * What plain descent with rate one was given at each step: by how much weights fell.
   *
   * @param weights before the first step and after each
   * @param dimension of the records: a bias behind their weights is left out
   */
  static List<float[]> releases(List<float[]> weights, int dimension) {
    List<float[]> releases = new ArrayList<>();
    for (int step = 1; step < weights.size(); step++) {
      float[] release = new float[dimension];
      for (int i = 0; i < dimension; i++) {
        release[i] = weights.get(step - 1)[i] - weights.get(step)[i];
      }
      releases.add(release);
    }
    return releases;
  }
}
