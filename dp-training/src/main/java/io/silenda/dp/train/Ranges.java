package io.silenda.dp.train;

/** Ranges of arguments. */
final class Ranges {
  private Ranges() {}

  static void require(String name, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          name + " " + value + " is not from " + low + " to " + high);
    }
  }
}
