package io.silenda.dp.blas;

import java.util.Locale;

/** Which implementation the process uses, decided once. */
final class BlasChoice {
  static final Blas CHOSEN = choose(System.getProperty("silenda.blas", "auto"));

  private BlasChoice() {}

  static Blas choose(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "java" -> Blas.java();
      case "openblas" -> Blas.openBlas();
      case "auto" -> automatic();
      default ->
          throw new IllegalArgumentException(
              "silenda.blas is " + name + ", and must be openblas, java or auto");
    };
  }

  private static Blas automatic() {
    try {
      return Blas.openBlas();
    } catch (IllegalStateException e) {
      return Blas.java();
    }
  }
}
