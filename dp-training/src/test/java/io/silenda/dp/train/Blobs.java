package io.silenda.dp.train;

import java.util.SplittableRandom;

/** Points around one centre for each class: a task that a linear network solves. */
final class Blobs implements TrainingData {
  private final int count;
  private final int length;
  private final int classes;

  Blobs(int count, int length, int classes) {
    this.count = count;
    this.length = length;
    this.classes = classes;
  }

  @Override
  public int recordCount() {
    return count;
  }

  @Override
  public void copyRecord(int record, float[] buffer, int offset) {
    SplittableRandom random = new SplittableRandom(record + 1);
    SplittableRandom centre = new SplittableRandom(-1L - record % classes);
    for (int i = 0; i < length; i++) {
      buffer[offset + i] = (float) (centre.nextGaussian() + 0.5 * random.nextGaussian());
    }
  }

  @Override
  public float label(int record) {
    return record % classes;
  }
}
