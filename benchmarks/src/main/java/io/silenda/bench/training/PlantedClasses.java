package io.silenda.bench.training;

import io.silenda.dp.train.TrainingData;
import java.util.Random;

/**
 * Records of known classes: normal clouds around centres that overlap, so that a network can be
 * mostly but not always right.
 */
final class PlantedClasses implements TrainingData {
  static final int FEATURES = 64;
  static final int CLASSES = 8;
  private static final double CENTRE_DEVIATION = 0.4;
  private static final long CENTRE_SEED = 1;

  private final float[] values;
  private final int[] labels;

  PlantedClasses(int count, long seed) {
    Random centreRandom = new Random(CENTRE_SEED);
    double[] centres =
        centreRandom
            .doubles((long) CLASSES * FEATURES)
            .map(value -> CENTRE_DEVIATION * (value < 0.5 ? -1 : 1))
            .toArray();
    Random random = new Random(seed);
    this.values = new float[count * FEATURES];
    this.labels = random.ints(count, 0, CLASSES).toArray();
    for (int i = 0; i < values.length; i++) {
      double centre = centres[labels[i / FEATURES] * FEATURES + i % FEATURES];
      values[i] = (float) (centre + random.nextGaussian());
    }
  }

  @Override
  public int recordCount() {
    return labels.length;
  }

  @Override
  public void copyRecord(int record, float[] buffer, int offset) {
    System.arraycopy(values, record * FEATURES, buffer, offset, FEATURES);
  }

  @Override
  public float label(int record) {
    return labels[record];
  }
}
