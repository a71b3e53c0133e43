package io.silenda.infer.schedule;

import java.util.Locale;

/** How close a search for parameters with flooding came. Not thread-safe. */
final class Shortfall {
  private double leastError = Double.POSITIVE_INFINITY;

  /** Notes the error of what was found, which may be too large. */
  void note(double error) {
    leastError = Math.min(leastError, error);
  }

  /** Why nothing was accepted, and what would help, in one line. */
  String reason(Flooding flooding, double maxError) {
    String asked = "circuit privacy of " + flooding.bits() + " bits ";
    if (leastError == Double.POSITIVE_INFINITY) {
      return asked + "leaves its answers no room in any modulus" + HELP;
    }
    return String.format(
        Locale.ROOT,
        asked + "brings its error to %.2g at best, %.2g are accepted: %.0f bits are missing" + HELP,
        leastError,
        maxError,
        Math.ceil(NoiseModel.log2(leastError / maxError)));
  }

  private static final String HELP =
      "; ask for as many bits fewer, allow a larger error, or use squares and polynomials of a lower"
          + " degree";
}
