package io.silenda.bench.chart;

import io.silenda.bench.device.Architecture;
import io.silenda.bench.device.DeviceEntry;
import io.silenda.bench.device.DeviceProfile;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.CategoryChart;

/** Emulated devices. */
final class DeviceCharts {
  private static final double NANOS_PER_MILLI = 1e6;

  /** Stands for nothing on a logarithmic axis. */
  private static final double FLOOR_MILLIS = 0.01;

  private DeviceCharts() {}

  static List<Picture> of(List<DeviceEntry> entries) {
    return entries.stream()
        .map(DeviceEntry::model)
        .findFirst()
        .map(model -> List.of(picture(entries, model)))
        .orElse(List.of());
  }

  private static Picture picture(List<DeviceEntry> entries, String model) {
    CategoryChart chart = Look.bars("", "ms from a row to its answer");
    Look.logarithmic(chart.getStyler(), false, true);
    chart.getStyler().setYAxisMin(FLOOR_MILLIS);
    List<DeviceProfile> profiles = entries.stream().map(DeviceEntry::profile).distinct().toList();
    List<String> names = profiles.stream().map(DeviceProfile::name).toList();
    Arrays.stream(Architecture.values())
        .forEach(
            architecture ->
                chart.addSeries(
                    architecture.title(),
                    names,
                    names.stream()
                        .map(name -> millis(entries, model, architecture, name))
                        .toList()));
    return new Picture(
        "devices",
        "Emulated devices",
        model
            + ": real processes under processor, memory and link limits of this machine: an"
            + " emulation, no devices. Only the plain offload shows rows to the server.",
        chart);
  }

  private static double millis(
      List<DeviceEntry> entries, String model, Architecture architecture, String profile) {
    return entries.stream()
        .filter(each -> each.model().equals(model))
        .filter(each -> each.architecture() == architecture)
        .filter(each -> each.profile().name().equals(profile))
        .findFirst()
        .map(each -> Math.max(each.nanos().median() / NANOS_PER_MILLI, FLOOR_MILLIS))
        .orElse(FLOOR_MILLIS);
  }
}
