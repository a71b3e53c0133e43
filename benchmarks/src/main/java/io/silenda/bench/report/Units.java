package io.silenda.bench.report;

import java.util.Locale;

/** Figures for people. */
final class Units {
  private Units() {}

  static String nanos(double nanos) {
    if (nanos < 1e6) {
      return String.format(Locale.ROOT, "%.1f µs", nanos / 1e3);
    }
    return nanos < 1e9
        ? String.format(Locale.ROOT, "%.2f ms", nanos / 1e6)
        : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
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

  /** Such as {@code 169 KB}: powers of ten. */
  static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double amount = (double) bytes;
    if (amount < 1e6) {
      return significant(amount / 1e3) + " KB";
    }
    return amount < 1e9 ? significant(amount / 1e6) + " MB" : significant(amount / 1e9) + " GB";
  }

  /** Three digits, without an exponent from a thousandth to a million. */
  static String significant(double value) {
    double size = Math.abs(value);
    if (value == 0 || (size >= 100 && size < 1e6)) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    if (size < 1e-3 || size >= 1e6) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    int digits = 2 - (int) Math.floor(Math.log10(size));
    return String.format(Locale.ROOT, "%." + Math.max(digits, 0) + "f", value);
  }
}
