package io.silenda.bench.chart;

import io.silenda.bench.overhead.OverheadEntry;
import io.silenda.bench.overhead.OverheadEntry.Phase;
import io.silenda.bench.overhead.OverheadRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** All charts of a run of the overhead suite. */
public final class OverheadCharts {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double BYTES_PER_KILO = 1e3;

  private OverheadCharts() {}

  /** In the order of the page. */
  public static List<Picture> of(OverheadRun run) {
    List<Picture> pictures = new ArrayList<>();
    if (!run.entries().isEmpty()) {
      pictures.add(latencyAndBytes(run));
      pictures.add(latencyAndAccuracy(run));
      pictures.add(memory(run));
      waterfall(run).ifPresent(pictures::add);
    }
    pictures.addAll(DeviceCharts.of(run.devices()));
    pictures.addAll(GrowthCharts.of(run.growth()));
    return pictures;
  }

  private static Map<String, List<OverheadEntry>> byBackend(OverheadRun run) {
    Map<String, List<OverheadEntry>> entries = new LinkedHashMap<>();
    for (OverheadEntry entry : run.entries()) {
      entries.computeIfAbsent(entry.backend(), name -> new ArrayList<>()).add(entry);
    }
    return entries;
  }

  private static double millis(OverheadEntry entry) {
    return entry.latency().p50() / NANOS_PER_MILLI;
  }

  private static double kilobytes(OverheadEntry entry) {
    return (entry.communication().requestBytes() + entry.communication().responseBytes())
        / BYTES_PER_KILO;
  }

  private static Picture latencyAndBytes(OverheadRun run) {
    XYChart chart = Look.xy("latency of a request, p50, ms", "bytes of a request and answer, KB");
    Look.logarithmic(chart.getStyler(), true, true);
    byBackend(run)
        .forEach(
            (backend, entries) -> {
              List<OverheadEntry> sent =
                  entries.stream().filter(entry -> kilobytes(entry) > 0).toList();
              if (!sent.isEmpty()) {
                points(chart, backend, sent, OverheadCharts::kilobytes);
              }
            });
    return new Picture(
        "latency-bytes",
        "Latency and bytes",
        "Each point is a network; both axes grow by powers of ten. The lower and the more to the"
            + " left, the cheaper.",
        chart);
  }

  private interface Value {
    double of(OverheadEntry entry);
  }

  private static void points(XYChart chart, String name, List<OverheadEntry> entries, Value y) {
    XYSeries series =
        chart.addSeries(
            name,
            entries.stream().mapToDouble(OverheadCharts::millis).toArray(),
            entries.stream().mapToDouble(y::of).toArray());
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    series.setMarker(SeriesMarkers.CIRCLE);
    series.setMarkerColor(Look.ofBackend(name));
  }

  private static double right(OverheadEntry entry) {
    return 100
        * (entry.accuracy().labels() >= 0
            ? entry.accuracy().labels()
            : entry.accuracy().agreement());
  }

  /** The front of the slowest backend shows which network to take under it. */
  private static Picture latencyAndAccuracy(OverheadRun run) {
    XYChart chart = Look.xy("latency of a request, p50, ms", "right answers, %");
    Look.logarithmic(chart.getStyler(), true, false);
    double lowest = run.entries().stream().mapToDouble(OverheadCharts::right).min().orElse(0);
    chart.getStyler().setYAxisMin(Math.max(0, Math.floor(lowest - 2)));
    chart.getStyler().setYAxisMax(101.0);
    byBackend(run)
        .forEach((backend, entries) -> points(chart, backend, entries, OverheadCharts::right));
    byBackend(run)
        .forEach(
            (backend, entries) -> {
              if (backend.startsWith("he-")) {
                front(chart, backend, entries);
              }
            });
    return new Picture(
        "latency-accuracy",
        "Latency and accuracy, with Pareto fronts",
        "Right answers on labelled rows (agreement with ONNX Runtime where there are no labels)."
            + " Lines join the networks that no other beats in both under the same backend.",
        chart);
  }

  private static void front(XYChart chart, String backend, List<OverheadEntry> entries) {
    List<OverheadEntry> front =
        ParetoFront.of(entries, OverheadCharts::millis, OverheadCharts::right);
    XYSeries series =
        chart.addSeries(
            backend + ", front",
            front.stream().mapToDouble(OverheadCharts::millis).toArray(),
            front.stream().mapToDouble(OverheadCharts::right).toArray());
    series.setMarker(SeriesMarkers.NONE);
    series.setLineStyle(SeriesLines.DASH_DASH);
    series.setLineColor(Look.ofBackend(backend));
  }

  private static Picture memory(OverheadRun run) {
    CategoryChart chart = Look.bars("", "peak resident memory, MB");
    List<String> models = run.entries().stream().map(OverheadEntry::model).distinct().toList();
    chart.getStyler().setXAxisLabelRotation(20);
    byBackend(run)
        .forEach(
            (backend, entries) -> {
              Map<String, Double> megabytes = new LinkedHashMap<>();
              entries.forEach(
                  each -> megabytes.put(each.model(), each.memory().peakResidentBytes() / 1e6));
              chart
                  .addSeries(
                      backend,
                      models,
                      models.stream().map(model -> megabytes.getOrDefault(model, 0.0)).toList())
                  .setFillColor(Look.ofBackend(backend));
            });
    return new Picture(
        "memory",
        "Memory",
        "The most that the process of each backend ever held; nothing else ran in it.",
        chart);
  }

  /** The encrypted request with the most phases, of the first network that has one. */
  private static Optional<Picture> waterfall(OverheadRun run) {
    return run.entries().stream()
        .filter(entry -> entry.phases().size() > 1)
        .findFirst()
        .map(OverheadCharts::waterfall);
  }

  private static Picture waterfall(OverheadEntry entry) {
    CategoryChart chart = Look.bars("", "ms since the row was at hand");
    chart.getStyler().setStacked(true);
    chart.getStyler().setLegendVisible(false);
    List<String> names = entry.phases().stream().map(Phase::name).toList();
    List<Double> starts = new ArrayList<>();
    List<Double> lengths = new ArrayList<>();
    double at = 0;
    for (Phase phase : entry.phases()) {
      double length = phase.nanos().median() / NANOS_PER_MILLI;
      starts.add(at);
      lengths.add(length);
      at += length;
    }
    chart.addSeries("before", names, starts).setFillColor(Look.INVISIBLE);
    chart.addSeries("phase", names, lengths).setFillColor(Look.COLOURS[0]);
    return new Picture(
        "waterfall",
        "Where the time of a request goes",
        entry.model() + " on " + entry.backend() + ": medians of each phase, one after the other.",
        chart);
  }
}
