package io.silenda.dp.data;

import java.util.Arrays;

/**
 * Public constants that bring values into [0, 1]: each is cut to its column's range first. A range
 * that was found in private rows would tell of them, so ranges are the job's text.
 *
 * <p>Immutable.
 */
public final class Scaling {
  private final float[] minimums;
  private final float[] maximums;

  private Scaling(float[] minimums, float[] maximums) {
    this.minimums = minimums;
    this.maximums = maximums;
  }

  /**
   * One range a column.
   *
   * @throws IllegalArgumentException if a range is empty or not finite
   */
  public static Scaling of(float[] minimums, float[] maximums) {
    if (minimums.length != maximums.length) {
      throw new IllegalArgumentException("minimums and maximums differ in number");
    }
    for (int i = 0; i < minimums.length; i++) {
      if (!(minimums[i] < maximums[i]) || !Float.isFinite(maximums[i] - minimums[i])) {
        throw new IllegalArgumentException(
            "range " + minimums[i] + " to " + maximums[i] + " is not an increasing, finite one");
      }
    }
    return new Scaling(minimums.clone(), maximums.clone());
  }

  /** The same range for {@code width} columns. */
  public static Scaling uniform(int width, float minimum, float maximum) {
    float[] minimums = new float[width];
    float[] maximums = new float[width];
    Arrays.fill(minimums, minimum);
    Arrays.fill(maximums, maximum);
    return of(minimums, maximums);
  }

  /** Number of columns. */
  public int width() {
    return minimums.length;
  }

  /** Least value of each column. */
  public float[] minimums() {
    return minimums.clone();
  }

  /** Largest value of each column. */
  public float[] maximums() {
    return maximums.clone();
  }

  /** Rows in [0, 1]; labels stay. */
  public LabelledRows apply(LabelledRows rows) {
    if (rows.width() != width()) {
      throw new IllegalArgumentException(
          "rows have " + rows.width() + " columns, the scaling " + width());
    }
    float[] values = rows.values();
    for (int i = 0; i < values.length; i++) {
      int column = i % minimums.length;
      float cut = Math.min(maximums[column], Math.max(minimums[column], values[i]));
      values[i] = (cut - minimums[column]) / (maximums[column] - minimums[column]);
    }
    return new LabelledRows(rows.width(), values, rows.labels());
  }
}
