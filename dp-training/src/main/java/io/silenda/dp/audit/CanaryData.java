package io.silenda.dp.audit;

import io.silenda.dp.train.TrainingData;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Canaries alone: each has an input of its own that no other record uses, and a label by chance, so
 * that its gradient is nearly orthogonal to all others. A coin decides which take part. The others
 * are left out, or, where places matter, stay as records that contribute zero.
 */
final class CanaryData implements TrainingData {
  /** So large that the clipped gradient is nearly all in the canary's own column. */
  private static final float AMPLITUDE = 10;

  private final int width;
  private final int first;
  private final boolean[] included;
  private final int[] taking;
  private final int[] labels;

  /**
   * @param width inputs of the network
   * @param canaries the last inputs of it
   * @param placed whether those that do not take part keep their places
   */
  CanaryData(int width, int canaries, int classes, boolean placed, SplittableRandom coins) {
    this.width = width;
    first = width - canaries;
    included = new boolean[canaries];
    labels = new int[canaries];
    for (int i = 0; i < canaries; i++) {
      included[i] = coins.nextBoolean();
      labels[i] = coins.nextInt(classes);
    }
    taking = IntStream.range(0, canaries).filter(i -> placed || included[i]).toArray();
  }

  boolean[] included() {
    return included.clone();
  }

  int canaries() {
    return labels.length;
  }

  /** All canaries, whether they take part or not. */
  TrainingData all() {
    return new TrainingData() {
      @Override
      public int recordCount() {
        return labels.length;
      }

      @Override
      public void copyRecord(int record, float[] buffer, int offset) {
        Arrays.fill(buffer, offset, offset + width, 0);
        buffer[offset + first + record] = AMPLITUDE;
      }

      @Override
      public float label(int record) {
        return labels[record];
      }
    };
  }

  @Override
  public int recordCount() {
    return taking.length;
  }

  @Override
  public void copyRecord(int record, float[] buffer, int offset) {
    all().copyRecord(taking[record], buffer, offset);
    if (!included[taking[record]]) {
      // A gradient that is not finite contributes zero.
      buffer[offset] = Float.NaN;
    }
  }

  @Override
  public float label(int record) {
    return labels[taking[record]];
  }
}
