package io.silenda.he;

/**
 * Bounds on the error that operations add to a slot, absolute, at a scale. A polynomial with random
 * coefficients of deviation d has slots of deviation d·√N; each bound takes six of them, which a
 * slot exceeds with probability e^-36.
 */
final class NoiseBounds {
  private static final double DEVIATIONS = 6;

  /** Of a coefficient of an encryption's error. */
  private static final double ERROR_DEVIATION = 3.24;

  private final HeFixture he;
  private final double rootDegree;

  NoiseBounds(HeFixture he) {
    this.he = he;
    this.rootDegree = Math.sqrt(he.context.parameters().polyModulusDegree());
  }

  /** A slot of a polynomial whose coefficients are rounding errors. */
  private double rounding() {
    return DEVIATIONS * rootDegree / Math.sqrt(12);
  }

  /** A slot of the ternary secret. */
  private double secret() {
    return DEVIATIONS * rootDegree * Math.sqrt(2.0 / 3);
  }

  double encoding(double scale) {
    return rounding() / scale + 1e-12;
  }

  double fresh(double scale) {
    return encoding(scale) + DEVIATIONS * ERROR_DEVIATION * rootDegree / scale;
  }

  /** Each polynomial is rounded, and multiplied with a power of the secret. */
  double rescale(int size, double scale) {
    double factor = size == 2 ? 1 + secret() : 1 + secret() + secret() * secret();
    return rounding() * factor / scale;
  }

  double keySwitch(int level, double scale) {
    return he.keySwitchBound(level, scale) + rescale(2, scale);
  }
}
