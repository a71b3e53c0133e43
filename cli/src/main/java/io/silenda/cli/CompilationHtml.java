package io.silenda.cli;

import io.silenda.bench.report.Html;
import io.silenda.infer.CompilationReport;
import io.silenda.infer.ErrorBound;
import io.silenda.infer.LayerReport;
import io.silenda.infer.SecurityReport;
import io.silenda.infer.approx.ActivationReport;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** The report of a compilation as one page that loads nothing from elsewhere. */
final class CompilationHtml {
  private static final String STYLE =
      "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
          + "table{border-collapse:collapse;margin:1rem 0}"
          + "th,td{padding:.25rem .75rem;border-bottom:1px solid #ccc;text-align:right}"
          + "th:first-child,td:first-child{text-align:left}"
          + ".wide{overflow-x:auto}svg{max-width:100%;height:auto}"
          + "svg text{font:13px system-ui,sans-serif;fill:currentColor}"
          + "@media(prefers-color-scheme:dark){body{background:#111;color:#ddd}}";

  private CompilationHtml() {}

  static String page(CompilationReport report) {
    return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>"
        + Html.escape(report.model())
        + "</title><style>"
        + STYLE
        + "</style></head><body>\n<h1>"
        + Html.escape(report.model())
        + "</h1>\n"
        + overview(report)
        + charts(report)
        + layers(report.layers())
        + (report.activations().isEmpty() ? "" : activations(report))
        + guarantee(report)
        + "</body></html>\n";
  }

  private static String overview(CompilationReport report) {
    return Html.table(
        List.of("", ""),
        List.of(
            List.of("parameters", report.parameters()),
            List.of("rows a ciphertext", String.valueOf(report.rowsPerRequest())),
            List.of("security", security(report.security())),
            List.of("no answer errs by more than", bound(report.errorBound())),
            List.of("expected from encryption", ReportText.shortNumber(report.predictedMaxError())),
            List.of("request", ReportText.bytes(report.requestBytes())),
            List.of("response", ReportText.bytes(report.responseBytes())),
            List.of("evaluation keys", ReportText.bytes(report.evaluationKeyBytes())),
            List.of("of them rotation keys", String.valueOf(report.rotationKeys())),
            List.of("memory of keys", ReportText.bytes(report.keyMemoryBytes())),
            List.of("memory of weights", ReportText.bytes(report.weightMemoryBytes())),
            List.of(
                "predicted time, one thread",
                String.format(
                    Locale.ROOT,
                    "%.0f ms%s",
                    report.predictedMillis(),
                    report.isMachineMeasured() ? "" : " (this machine was not measured)")),
            List.of("model digest", report.modelDigest())));
  }

  private static String security(SecurityReport security) {
    return security.securityBits()
        + " bits: modulus of "
        + security.log2Modulus()
        + " bits, "
        + security.allowedLog2Modulus()
        + " allowed at N="
        + security.polyModulusDegree();
  }

  private static String bound(ErrorBound bound) {
    return ReportText.shortNumber(bound.total())
        + " ("
        + ReportText.shortNumber(bound.encryption())
        + " from encryption, "
        + ReportText.shortNumber(bound.approximation())
        + " from approximation)";
  }

  private static String charts(CompilationReport report) {
    List<LayerReport> layers = report.layers();
    List<String> names = layers.stream().map(LayerReport::name).toList();
    String range =
        layers.stream().allMatch(layer -> layer.rangeUse() == 0)
            ? ""
            : BarChart.svg(
                "Part of a polynomial's interval in use on the sample rows",
                names,
                layers.stream().map(LayerReport::rangeUse).toList());
    return "<h2>Where cost and error come from</h2>\n"
        + BarChart.svg("Level of each layer's operand", names, numbers(layers, LayerReport::level))
        + BarChart.svg(
            "Predicted milliseconds on one thread",
            names,
            layers.stream().map(LayerReport::predictedMillis).toList())
        + BarChart.svg("Key switches", names, numbers(layers, LayerReport::keySwitches))
        + BarChart.svg(
            "Error of an answer from each layer's noise (four deviations)",
            names,
            layers.stream().map(LayerReport::predictedError).toList())
        + range;
  }

  private static List<Double> numbers(List<LayerReport> layers, ToIntFunction<LayerReport> part) {
    return layers.stream().map(layer -> (double) part.applyAsInt(layer)).toList();
  }

  private static String layers(List<LayerReport> layers) {
    return "<h2>Layers</h2>\n<div class=\"wide\">"
        + Html.table(
            List.of(
                "layer",
                "kind",
                "level",
                "levels",
                "scale",
                "ciphertexts",
                "diagonals",
                "key switches",
                "error",
                "range in use",
                "ms"),
            layers.stream().map(CompilationHtml::row).toList())
        + "</div>";
  }

  private static List<String> row(LayerReport layer) {
    return List.of(
        layer.name(),
        layer.kind(),
        String.valueOf(layer.level()),
        String.valueOf(layer.levels()),
        String.format(Locale.ROOT, "2^%.1f", layer.log2Scale()),
        String.valueOf(layer.ciphertexts()),
        String.valueOf(layer.diagonals()),
        String.valueOf(layer.keySwitches()),
        ReportText.shortNumber(layer.predictedError()),
        layer.rangeUse() == 0 ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * layer.rangeUse()),
        String.format(Locale.ROOT, "%.1f", layer.predictedMillis()));
  }

  private static String activations(CompilationReport report) {
    return "<h2>Activations</h2>\n<ul>"
        + report.activations().stream()
            .map(
                (ActivationReport each) ->
                    "<li>" + Html.escape(ReportText.describe(each)) + "</li>")
            .collect(Collectors.joining("\n"))
        + String.format(
            Locale.ROOT,
            "</ul>\n<p>%s On %d %s rows, %.1f %% of the decisions stay. %s</p>\n",
            Html.escape(Ranges.origin(report)),
            report.approximationError().rows(),
            Ranges.calibrationRows(report) > 0 ? "calibration" : "made",
            100 * report.approximationError().agreement(),
            Html.escape(Ranges.OUTSIDE));
  }

  private static String guarantee(CompilationReport report) {
    return "<h2>Who learns what</h2>\n"
        + Html.table(
            List.of("", ""),
            List.of(
                List.of("the server", String.join(", ", report.guarantee().serverLearns())),
                List.of("the client", String.join(", ", report.guarantee().clientLearns())),
                List.of("trusted", String.join(", ", report.guarantee().trusts())),
                List.of(
                    "not protected from",
                    String.join("; ", report.guarantee().doesNotProtectFrom())),
                List.of("on and off", String.join("; ", report.guarantee().protections()))));
  }
}
