package io.silenda.dp.accounting.rdp;

/** Sum of numbers given by their logarithms. */
final class LogSum {
  private double largest = Double.NEGATIVE_INFINITY;
  private double scaled;

  void add(double logarithm) {
    if (logarithm == Double.NEGATIVE_INFINITY) {
      return;
    }
    if (logarithm > largest) {
      scaled = scaled * Math.exp(largest - logarithm) + 1;
      largest = logarithm;
    } else {
      scaled += Math.exp(logarithm - largest);
    }
  }

  double log() {
    return scaled == 0 ? Double.NEGATIVE_INFINITY : largest + Math.log(scaled);
  }
}
