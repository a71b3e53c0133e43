package io.silenda.bench.report;

import java.util.Locale;

/** Figures for people. */
final class Units {
  private Units() {}

  static String nanos(double nanos) {
    return nanos < 1e6
        ? String.format(Locale.ROOT, "%.1f µs", nanos / 1e3)
        : String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  static String ratio(double ratio) {
    return String.format(Locale.ROOT, "%.2f", ratio);
  }

  /** Billions a second. */
  static String giga(double perSecond) {
    return String.format(Locale.ROOT, "%.1f", perSecond / 1e9);
  }
}
