package io.silenda.dp.mechanism;

/**
 * Native loops over sums on a grid, in use with {@link NoiseKernel}; the same results as Java's.
 */
final class GridKernel {
  private GridKernel() {}

  static void addTo(double[] units, int at, float[] values, int count, double unitsPerOne) {
    requireMemory(addRounded(values, count, unitsPerOne, units, at), count);
  }

  /** Whether all magnitudes are at most {@code limit}; not, where one is no number. */
  static boolean within(double[] units, double limit) {
    int answer = allWithin(units, units.length, limit);
    requireMemory(answer >= 0, units.length);
    return answer == 1;
  }

  /**
   * Writes (units + noise) times {@code scale} to the same places of {@code values}, and clears the
   * units.
   *
   * @param at first place in {@code units} and {@code values}; noise begins at 0
   */
  static void releaseTo(
      float[] values, double[] units, int at, int[] noise, int count, double scale) {
    requireMemory(releaseSum(units, at, noise, count, scale, values), count);
  }

  private static void requireMemory(boolean done, int count) {
    if (!done) {
      throw new OutOfMemoryError("no memory for " + count + " numbers");
    }
  }

  private static native boolean addRounded(
      float[] values, int count, double unitsPerOne, double[] units, int at);

  private static native int allWithin(double[] units, int count, double limit);

  private static native boolean releaseSum(
      double[] units, int at, int[] noise, int count, double scale, float[] values);
}
