package io.silenda.dp.mechanism;

/** Sums on a grid of a power of two, and noise added to them as integers. */
final class GridSum {
  /** Sums beyond this many grid units are cut: a clamp moves neighbours no further apart. */
  static final long LARGEST_SUM = 1L << 51;

  private static final long LARGEST_OUTPUT = 1L << 53;

  private GridSum() {}

  /** Largest power of two that is at most {@code bound}. */
  static double gridBelow(double bound) {
    return Math.scalb(1.0, Math.getExponent(bound));
  }

  /**
   * The nearest grid point, as a number of units.
   *
   * @throws IllegalArgumentException if the value is not finite: no clipped sum is
   */
  static long units(double value, double grid) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("sum must be finite: were all records clipped?");
    }
    double scaled = Math.rint(value / grid);
    return (long) Math.max(-LARGEST_SUM, Math.min(LARGEST_SUM, scaled));
  }

  /** Exact: both are powers of two and integers below 2^53. */
  static double value(long units, double grid) {
    return Math.max(-LARGEST_OUTPUT, Math.min(LARGEST_OUTPUT, units)) * grid;
  }
}
