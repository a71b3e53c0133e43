package io.silenda.dp.network;

/** Ranges of arguments. */
final class Checks {
  private static final int LARGEST = 1 << 20;

  private Checks() {}

  static void size(String name, int value) {
    between(name, value, 1, LARGEST);
  }

  static void window(int kernel, int stride, int padding) {
    between("kernel", kernel, 1, 1024);
    between("stride", stride, 1, 1024);
    between("padding", padding, 0, kernel - 1);
  }

  static void epsilon(float value) {
    if (!(value >= 1e-8f && value <= 1)) {
      throw new IllegalArgumentException("epsilon " + value + " is not from 1e-8 to 1");
    }
  }

  static void positive(String name, float value) {
    if (!(value > 0 && value <= 1e6f)) {
      throw new IllegalArgumentException(name + " " + value + " is not above 0 and up to 1e6");
    }
  }

  static void between(String name, int value, int low, int high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          name + " " + value + " is not from " + low + " to " + high);
    }
  }
}
