package io.silenda.cli;

import io.silenda.infer.CompilationReport;
import io.silenda.infer.approx.RangeSource;
import java.util.Locale;

/** What reports say of the ranges that activations are approximated on. */
final class Ranges {
  /** What happens to an input that leaves them. */
  static final String OUTSIDE =
      "An input outside an interval gets what the polynomial gives there, which may be far off, and no"
          + " answer is refused for that. Further out the answer outgrows the modulus, and the client"
          + " refuses it. infer counts such rows and warns; the server sees nothing of it.";

  private Ranges() {}

  static String name(RangeSource source) {
    return source.name().toLowerCase(Locale.ROOT);
  }

  /** Rows of the owner's that the error of approximation was observed on; made ones are none. */
  static int calibrationRows(CompilationReport report) {
    return report.ranges() == RangeSource.PROPAGATED_BOUNDS
        ? 0
        : report.approximationError().rows();
  }

  /** What an observed error was observed on. */
  static String observedOn(RangeSource source) {
    return source == RangeSource.PROPAGATED_BOUNDS
        ? "on the whole range that inputs were declared to allow"
        : "on the calibration rows";
  }

  /** Where the intervals of a report come from, in a sentence. */
  static String origin(CompilationReport report) {
    String declared = report.inputRange().map(range -> " in " + range).orElse("");
    return switch (report.ranges()) {
      case CALIBRATION -> "Intervals are what calibration rows show, with a margin.";
      case CALIBRATION_WITHIN_BOUNDS ->
          "Intervals are what calibration rows show, with a margin, within what inputs"
              + declared
              + " allow.";
      case PROPAGATED_BOUNDS ->
          "Intervals are all that inputs" + declared + " allow, by interval arithmetic.";
    };
  }
}
