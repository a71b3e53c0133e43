package io.silenda.cli;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.accounting.PrivacyAccountant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts of the friendly form; nothing is drawn without {@code --plot}. */
final class PrivacyPlot {
  private static final int POINTS = 24;

  private PrivacyPlot() {}

  static void epsilonBySteps(PrivacyOptions options, double noise, double delta)
      throws AccountingException, IOException {
    if (options.plot == null) {
      return;
    }
    double[] steps =
        IntStream.rangeClosed(1, POINTS)
            .mapToLong(i -> Math.max(1, Math.round(options.steps * (double) i / POINTS)))
            .distinct()
            .asDoubleStream()
            .toArray();
    XYChart chart =
        chart("Privacy cost, noise " + text(noise) + ", delta " + text(delta), "steps", "epsilon");
    add(chart, "PLD", steps, each(steps, PrivacyAccountant.pld(), options, noise, delta));
    add(chart, "RDP", steps, each(steps, PrivacyAccountant.rdp(), options, noise, delta));
    save(chart, options);
  }

  static void deltaByEpsilon(PrivacyOptions options, double noise, double epsilon)
      throws AccountingException, IOException {
    if (options.plot == null) {
      return;
    }
    double[] epsilons = new double[POINTS];
    double[] deltas = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      epsilons[i] = Math.max(epsilon, 0.1) * 2 * (i + 1) / POINTS;
      deltas[i] =
          Math.max(
              1e-300,
              options
                  .chosen()
                  .delta(options.event(noise, options.steps), options.adjacency, epsilons[i]));
    }
    XYChart chart =
        chart(
            "Privacy curve, noise " + text(noise) + ", " + options.steps + " steps",
            "epsilon",
            "delta");
    chart.getStyler().setYAxisLogarithmic(true);
    add(chart, options.accountant.name(), epsilons, deltas);
    save(chart, options);
  }

  private static double[] each(
      double[] steps,
      PrivacyAccountant accountant,
      PrivacyOptions options,
      double noise,
      double delta)
      throws AccountingException {
    double[] epsilons = new double[steps.length];
    Arrays.fill(epsilons, Double.NaN);
    for (int i = 0; i < steps.length; i++) {
      try {
        epsilons[i] =
            accountant.epsilon(options.event(noise, (long) steps[i]), options.adjacency, delta);
      } catch (AccountingException e) {
        if (accountant.getClass() == options.chosen().getClass()) {
          throw e;
        }
        // The other accountant may have no bound: then it has no line.
        return new double[0];
      }
    }
    return epsilons;
  }

  private static XYChart chart(String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(800)
            .height(500)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart.getStyler().setLegendVisible(true);
    return chart;
  }

  private static void add(XYChart chart, String name, double[] x, double[] y) {
    if (y.length == x.length) {
      chart.addSeries(name, x, y).setMarker(SeriesMarkers.NONE);
    }
  }

  private static void save(XYChart chart, PrivacyOptions options) throws IOException {
    System.setProperty("java.awt.headless", "true");
    String name = String.valueOf(options.plot).toLowerCase(Locale.ROOT);
    if (!name.endsWith(".svg") && !name.endsWith(".png")) {
      throw new IOException(options.plot + ": plots are .svg or .png");
    }
    var image = new ByteArrayOutputStream();
    ChartEncoder.saveChart(chart, image, name.substring(name.length() - 3));
    Files.write(options.plot, image.toByteArray());
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
