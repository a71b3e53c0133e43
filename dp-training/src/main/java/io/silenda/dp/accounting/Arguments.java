package io.silenda.dp.accounting;

/** Range checks that name the parameter, its value and the range. */
final class Arguments {
  private Arguments() {}

  static void positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " " + value + " is not a positive finite number");
    }
  }

  static void notNegative(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " " + value + " is not a finite number from 0 on");
    }
  }

  static void rate(String name, double value) {
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " " + value + " is not in (0, 1]");
    }
  }

  static void fraction(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " " + value + " is not in [0, 1)");
    }
  }

  static void between(String name, long value, long low, long high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          name + " " + value + " is not from " + low + " to " + high);
    }
  }
}
