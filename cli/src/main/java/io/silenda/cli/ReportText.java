package io.silenda.cli;

import io.silenda.infer.Guarantee;
import io.silenda.infer.InferenceReport;
import io.silenda.infer.approx.ActivationReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints a report for people. */
final class ReportText {
  private ReportText() {}

  static void print(InferenceReport report, PrintWriter out) {
    out.printf(Locale.ROOT, "mode        %s, %d rows%n", report.mode(), report.rows());
    out.printf(
        Locale.ROOT,
        "agreement   %.1f %% of rows with ONNX Runtime; largest error %.2g%n",
        100 * report.argmaxAgreement(),
        report.maxAbsErrorVsPlain());
    out.printf(
        Locale.ROOT,
        "time        set-up %.0f ms; encrypt %.1f, compute %.1f, decrypt %.1f ms a request%n",
        report.setupMillis(),
        report.clientEncryptMillis() / report.serverComputeMillis().size(),
        report.medianServerMillis(),
        report.clientDecryptMillis() / report.serverComputeMillis().size());
    if (report.predictedComputeMillis() > 0) {
      out.printf(
          Locale.ROOT,
          "predicted   compute %.1f ms a request on one thread%n",
          report.predictedComputeMillis());
    }
    out.printf(
        Locale.ROOT,
        "size        request %s, response %s, evaluation keys %s%n",
        bytes(report.requestBytes()),
        bytes(report.responseBytes()),
        bytes(report.evaluationKeyBytes()));
    out.println("parameters  " + report.parameters());
    printActivations(report.activations(), out);
    out.println("who learns  " + report.guarantee().summary());
    printProtections(report.guarantee(), out);
  }

  static void printProtections(Guarantee guarantee, PrintWriter out) {
    guarantee.protections().forEach(each -> out.println("protection  " + each));
  }

  static void printActivations(List<ActivationReport> activations, PrintWriter out) {
    for (ActivationReport each : activations) {
      out.println("activation  " + describe(each));
    }
  }

  static String describe(ActivationReport report) {
    return String.format(
        Locale.ROOT,
        "%s (%s): degree %d by %s on %.3g..%.3g; error at most %.2g, rms %.2g %s",
        report.function().toLowerCase(Locale.ROOT),
        report.node(),
        report.degree(),
        report.method().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        report.low(),
        report.high(),
        report.maxError(),
        report.rmsError(),
        Ranges.observedOn(report.source()));
  }

  /** Two significant digits. */
  static String shortNumber(double value) {
    return String.format(Locale.ROOT, "%.2g", value);
  }

  static String bytes(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.0f KB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
