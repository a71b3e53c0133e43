package io.silenda.bench.training;

import io.silenda.dp.train.TrainingData;
import java.util.SplittableRandom;

/** Random rows of 784 numbers with random labels, from a pool that a cache cannot hold whole. */
public final class SyntheticDigits implements TrainingData {
  private static final int LENGTH = 784;
  private static final int POOL = 4096;

  private final int count;
  private final float[] pool = new float[POOL * LENGTH];

  /** So many records. */
  public SyntheticDigits(int count) {
    this.count = count;
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < pool.length; i++) {
      pool[i] = (float) random.nextGaussian();
    }
  }

  @Override
  public int recordCount() {
    return count;
  }

  @Override
  public void copyRecord(int record, float[] buffer, int offset) {
    System.arraycopy(pool, record % POOL * LENGTH, buffer, offset, LENGTH);
  }

  @Override
  public float label(int record) {
    return record % 10;
  }
}
