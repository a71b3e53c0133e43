package io.silenda.bench.chart;

import io.silenda.bench.training.TrainingCost;
import io.silenda.bench.training.TrainingCosts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** All charts of a run of the training suite. */
public final class TrainingCharts {
  private TrainingCharts() {}

  /** In the order of the page. */
  public static List<Picture> of(TrainingCosts run) {
    List<Picture> pictures = new ArrayList<>();
    pictures.add(accuracy(run));
    pictures.add(speed(run));
    return pictures;
  }

  private static Picture accuracy(TrainingCosts run) {
    XYChart chart = Look.xy("epsilon, at the same delta", "right on fresh records, %");
    Look.logarithmic(chart.getStyler(), true, false);
    List<TrainingCost> flat =
        run.entries().stream()
            .filter(cost -> cost.epsilon() >= 0)
            .filter(cost -> "flat".equals(cost.parameters().get("clipping")))
            .sorted(Comparator.comparingDouble(TrainingCost::epsilon))
            .toList();
    double[] epsilons = flat.stream().mapToDouble(TrainingCost::epsilon).toArray();
    chart
        .addSeries(
            "private, flat clipping",
            epsilons,
            flat.stream().mapToDouble(TrainingCharts::percent).toArray())
        .setMarker(SeriesMarkers.CIRCLE);
    run.entries().stream()
        .filter(cost -> cost.epsilon() < 0)
        .findFirst()
        .ifPresent(
            plain -> {
              double[] level = new double[epsilons.length];
              java.util.Arrays.fill(level, percent(plain));
              chart
                  .addSeries("without privacy", epsilons, level)
                  .setMarker(SeriesMarkers.NONE)
                  .setLineStyle(SeriesLines.DASH_DASH);
            });
    return new Picture(
        "epsilon-accuracy",
        "Privacy and utility",
        "Median accuracy over rounds with different seeds. Less epsilon is more privacy.",
        chart);
  }

  private static double percent(TrainingCost cost) {
    return 100 * cost.accuracy().median();
  }

  private static Picture speed(TrainingCosts run) {
    CategoryChart chart = Look.bars("", "samples a second");
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setXAxisLabelRotation(20);
    chart.addSeries(
        "samples",
        run.entries().stream().map(TrainingCost::title).toList(),
        run.entries().stream().map(TrainingCost::samplesPerSecond).toList());
    return new Picture(
        "training-speed",
        "Samples a second",
        "One network, trained in turns with and without clipping and noise.",
        chart);
  }
}
