package io.silenda.bench.chart;

import io.silenda.bench.growth.GrowthCurve;
import io.silenda.bench.growth.GrowthCurve.Point;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How cost grows: measured points and the curve through them. */
final class GrowthCharts {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int CURVE_POINTS = 60;

  private GrowthCharts() {}

  static List<Picture> of(List<GrowthCurve> curves) {
    return curves.stream().map(GrowthCharts::picture).toList();
  }

  private static Picture picture(GrowthCurve curve) {
    XYChart chart = Look.xy(curve.axis(), "ms");
    double first = curve.points().get(0).x();
    double last = curve.points().get(curve.points().size() - 1).x();
    boolean wide = last / first >= 100;
    Look.logarithmic(chart.getStyler(), wide, wide);
    if (last < 10) {
      Look.wholeNumbers(chart.getStyler());
    }
    double[] x =
        IntStream.rangeClosed(0, CURVE_POINTS)
            .mapToDouble(i -> between(first, last, (double) i / CURVE_POINTS, wide))
            .toArray();
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = Math.max(curve.fit().at(x[i]) / NANOS_PER_MILLI, 1e-6);
    }
    XYSeries line = chart.addSeries("curve: " + curve.fit().text(), x, y);
    line.setMarker(SeriesMarkers.NONE);
    line.setLineStyle(SeriesLines.DASH_DASH);
    XYSeries points =
        chart.addSeries(
            "measured, medians",
            curve.points().stream().mapToDouble(Point::x).toArray(),
            curve.points().stream()
                .mapToDouble(point -> point.nanos().median() / NANOS_PER_MILLI)
                .toArray());
    points.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    points.setMarker(SeriesMarkers.CIRCLE);
    return new Picture(
        "growth-" + curve.axis(),
        "Time by " + curve.axis(),
        String.format(
            Locale.ROOT,
            "%s. Points are %.0f %% off the curve (root mean square).",
            curve.what(),
            100 * curve.fit().residual()),
        chart);
  }

  private static double between(double first, double last, double part, boolean logarithmic) {
    return logarithmic ? first * Math.pow(last / first, part) : first + part * (last - first);
  }
}
