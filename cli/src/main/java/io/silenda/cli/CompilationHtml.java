package io.silenda.cli;

import io.silenda.bench.report.Html;
import io.silenda.infer.CompilationReport;
import io.silenda.infer.ErrorBound;
import io.silenda.infer.InferenceReport;
import io.silenda.infer.LayerReport;
import io.silenda.infer.SecurityReport;
import io.silenda.infer.approx.ActivationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * The report of a compilation as one page that loads nothing from elsewhere, beside what a run of
 * it measured where there was one.
 */
final class CompilationHtml {
  private static final String STYLE =
      "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
          + "table{border-collapse:collapse;margin:1rem 0}"
          + "th,td{padding:.25rem .75rem;border-bottom:1px solid #ccc;text-align:right}"
          + "th:first-child,td:first-child{text-align:left}"
          + ".wide{overflow-x:auto}svg{max-width:100%;height:auto}"
          + "svg text{font:13px system-ui,sans-serif;fill:currentColor}"
          + "@media(prefers-color-scheme:dark){body{background:#111;color:#ddd}}";

  private static final List<String> COLUMNS =
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
          "predicted");

  private CompilationHtml() {}

  static String page(CompilationReport report, Optional<InferenceReport> measured) {
    return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>"
        + Html.escape(report.model())
        + "</title><style>"
        + STYLE
        + "</style></head><body>\n<h1>"
        + Html.escape(report.model())
        + "</h1>\n"
        + overview(report)
        + measured.map(run -> run(run, report)).orElse("")
        + charts(report, measured)
        + layers(report.layers(), measured)
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

  private static String run(InferenceReport run, CompilationReport report) {
    return "<h2>What a run of it took</h2>\n"
        + Html.table(
            List.of("", "predicted", "measured"),
            List.of(
                List.of(
                    "rows, ciphertexts", "", run.rows() + ", " + run.serverComputeMillis().size()),
                List.of(
                    "time of a ciphertext, the middle one",
                    millis(report.predictedMillis()),
                    millis(run.medianServerMillis())),
                List.of(
                    "largest error against ONNX Runtime",
                    "at most " + ReportText.shortNumber(report.errorBound().total()),
                    ReportText.shortNumber(run.maxAbsErrorVsPlain())),
                List.of(
                    "decisions as ONNX Runtime's",
                    "",
                    String.format(Locale.ROOT, "%.1f %%", 100 * run.argmaxAgreement())),
                List.of(
                    "evaluation keys",
                    ReportText.bytes(report.evaluationKeyBytes()),
                    ReportText.bytes(run.evaluationKeyBytes())),
                List.of(
                    "rows outside of the ranges of activations",
                    "",
                    String.valueOf(run.rowsOutOfRange()))));
  }

  private static String millis(double value) {
    return String.format(Locale.ROOT, "%.1f ms", value);
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

  private static String charts(CompilationReport report, Optional<InferenceReport> measured) {
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
        + measured
            .map(run -> BarChart.svg("Measured milliseconds", names, run.layerMillis()))
            .orElse("")
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

  private static String layers(List<LayerReport> layers, Optional<InferenceReport> measured) {
    List<String> head = new ArrayList<>(COLUMNS);
    List<List<String>> rows = new ArrayList<>();
    layers.forEach(layer -> rows.add(new ArrayList<>(row(layer))));
    if (measured.isPresent()) {
      head.add("measured");
      for (int i = 0; i < rows.size(); i++) {
        rows.get(i).add(millis(measured.get().layerMillis().get(i)));
      }
    }
    return "<h2>Layers</h2>\n<div class=\"wide\">" + Html.table(head, rows) + "</div>";
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
        millis(layer.predictedMillis()));
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
