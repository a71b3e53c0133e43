package io.silenda.bench.growth;

import io.silenda.bench.measure.SampleSet;
import java.util.List;

/**
 * How a duration grows.
 *
 * @param axis what grows, such as {@code rows}
 * @param what is measured, for people
 * @param points in ascending order
 * @param fit a curve through their medians
 */
public record GrowthCurve(String axis, String what, List<Point> points, CurveFit fit) {

  /**
   * A measured point.
   *
   * @param x where
   * @param label what the point is besides, such as encryption parameters; may be empty
   * @param nanos its durations
   */
  public record Point(double x, String label, SampleSet nanos) {}

  /** Copies the list. */
  public GrowthCurve {
    points = List.copyOf(points);
  }

  static GrowthCurve through(String axis, String what, List<Point> points) {
    return new GrowthCurve(
        axis,
        what,
        points,
        CurveFit.of(
            points.stream().mapToDouble(Point::x).toArray(),
            points.stream().mapToDouble(point -> point.nanos().median()).toArray()));
  }
}
