package io.silenda.infer.approx;

import java.util.function.DoubleUnaryOperator;

/**
 * A closed interval of finite length, and its affine map to [-1, 1].
 *
 * @param low lower end
 * @param high upper end, above {@code low}
 */
record Interval(double low, double high) {
  /** Where all observed values are equal, the interval around them has this relative width. */
  private static final double DEGENERATE_WIDTH = 1e-3;

  Interval {
    if (!(low < high) || !Double.isFinite(high - low)) {
      throw new IllegalArgumentException("interval [" + low + ", " + high + "] is not proper");
    }
  }

  /** The interval of observed values, each end moved outwards by {@code margin} of the width. */
  static Interval around(double smallest, double largest, double margin) {
    double width = largest - smallest;
    double floor = DEGENERATE_WIDTH * Math.max(1, Math.max(Math.abs(smallest), Math.abs(largest)));
    double extension = Math.max(margin * width, floor);
    return new Interval(smallest - extension, largest + extension);
  }

  /**
   * The part of this interval that lies in another one, which is first moved outwards by a part of
   * its width.
   */
  Interval within(Interval bounds, double slack) {
    double extension = slack * (bounds.high - bounds.low);
    return new Interval(
        Math.max(low, bounds.low - extension), Math.min(high, bounds.high + extension));
  }

  boolean contains(Interval other) {
    return low <= other.low && high >= other.high;
  }

  double fromUnit(double t) {
    return (high + low) / 2 + (high - low) / 2 * t;
  }

  double toUnit(double x) {
    return (2 * x - high - low) / (high - low);
  }

  /** The function on [-1, 1] that takes {@code function}'s values on this interval. */
  DoubleUnaryOperator onUnit(DoubleUnaryOperator function) {
    return t -> function.applyAsDouble(fromUnit(t));
  }
}
