package io.silenda.dp.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Line charts as inline SVG. */
final class TrainingCharts {
  private TrainingCharts() {}

  static String loss(List<LocalHistory.Point> points) throws IOException {
    return svg(
        "Mean loss of each batch (local, not private)",
        "loss",
        points.stream().mapToDouble(LocalHistory.Point::step).toArray(),
        points.stream().mapToDouble(LocalHistory.Point::loss).toArray());
  }

  static String epsilon(List<LocalHistory.Spent> points) throws IOException {
    return svg(
        "Epsilon of the steps so far",
        "epsilon",
        points.stream().mapToDouble(LocalHistory.Spent::step).toArray(),
        points.stream().mapToDouble(LocalHistory.Spent::epsilon).toArray());
  }

  private static String svg(String title, String axis, double[] x, double[] y) throws IOException {
    if (x.length == 0) {
      return "";
    }
    System.setProperty("java.awt.headless", "true");
    XYChart chart =
        new XYChartBuilder()
            .width(760)
            .height(380)
            .title(title)
            .xAxisTitle("steps")
            .yAxisTitle(axis)
            .build();
    chart.getStyler().setLegendVisible(false);
    chart.addSeries(axis, x, y).setMarker(SeriesMarkers.NONE);
    var image = new ByteArrayOutputStream();
    ChartEncoder.saveChart(chart, image, "svg");
    String text = image.toString(StandardCharsets.UTF_8);
    return text.substring(Math.max(0, text.indexOf("<svg")));
  }
}
