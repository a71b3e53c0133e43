package io.silenda.dp.mechanism;

/**
 * Native loops over sums on a grid, in use with {@link NoiseKernel}; the same results as Java's.
 */
final class GridKernel {
  private GridKernel() {}

  /**
   * Adds values in whole units.
   *
   * @return whether the magnitudes of all sums are at most {@code limit}; not, where one is no
   *     number
   */
  static boolean addTo(
      double[] units, int at, float[] values, int count, double unitsPerOne, double limit) {
    int answer = addRounded(values, count, unitsPerOne, limit, units, at);
    requireMemory(answer >= 0, count);
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

  private static native int addRounded(
      float[] values, int count, double unitsPerOne, double limit, double[] units, int at);

  private static native boolean releaseSum(
      double[] units, int at, int[] noise, int count, double scale, float[] values);
}
