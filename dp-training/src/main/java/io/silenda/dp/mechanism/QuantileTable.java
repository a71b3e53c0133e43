package io.silenda.dp.mechanism;

import org.apache.commons.math3.special.Erf;

/**
 * The x with P(|N(0, 1)| &gt; x) = v, by Taylor polynomials around 128 points of every octave of v.
 * Close, and only a first guess: the sampler decides by exact arithmetic wherever {@link #ERROR}
 * could matter.
 */
final class QuantileTable {
  /** Octaves of v that are tabled; what is smaller is for exact arithmetic. */
  static final int OCTAVES = 22;

  /**
   * Bound on the absolute error, with what bits beyond the 63 that were drawn could still change
   * (below 1e-13 in the last octave); a test measures a tenth of it at most.
   */
  static final double ERROR = 2e-13;

  static final int CELLS_LOG2 = 7;
  private static final int CELLS = 1 << CELLS_LOG2;
  private static final int TERMS = 8;

  private static final double[] COEFFICIENTS = coefficients();

  private QuantileTable() {}

  /** The coefficients, {@value #TERMS} numbers a cell, cell by cell and octave by octave. */
  static double[] rows() {
    return COEFFICIENTS.clone();
  }

  /** At the point {@code t} in [-1, 1] of a cell. */
  static double at(int octave, int cell, double t) {
    int i = (octave * CELLS + cell) * TERMS;
    double[] c = COEFFICIENTS;
    double low = c[i] + t * (c[i + 1] + t * (c[i + 2] + t * c[i + 3]));
    double t2 = t * t;
    return low + t2 * t2 * (c[i + 4] + t * (c[i + 5] + t * c[i + 6]));
  }

  private static double[] coefficients() {
    double[] all = new double[OCTAVES * CELLS * TERMS];
    for (int octave = 0; octave < OCTAVES; octave++) {
      double start = Math.scalb(0.5, -octave);
      double half = start / (2 * CELLS);
      for (int cell = 0; cell < CELLS; cell++) {
        fill(all, (octave * CELLS + cell) * TERMS, start + (2 * cell + 1) * half, half);
      }
    }
    return all;
  }

  /**
   * Derivatives: x' = -sqrt(pi / 2) exp(x^2 / 2), and the n-th is P(x) x'^n with P' + n x P after
   * P.
   */
  private static void fill(double[] all, int at, double v, double half) {
    double x = centre(v);
    double step = -Math.sqrt(Math.PI / 2) * Math.exp(0.5 * x * x) * half;
    double[] polynomial = {1};
    double scale = 1;
    all[at] = x;
    for (int n = 1; n < TERMS - 1; n++) {
      scale *= step / n;
      all[at + n] = scale * value(polynomial, x);
      polynomial = next(polynomial, n);
    }
  }

  private static double centre(double v) {
    double x = Math.sqrt(2) * Erf.erfcInv(v);
    for (int i = 0; i < 4; i++) {
      double difference = Erf.erfc(x / Math.sqrt(2)) - v;
      x += difference * Math.sqrt(Math.PI / 2) * Math.exp(0.5 * x * x);
    }
    return x;
  }

  private static double[] next(double[] polynomial, int n) {
    double[] next = new double[polynomial.length + 1];
    for (int i = 0; i < polynomial.length; i++) {
      next[i + 1] += n * polynomial[i];
      if (i > 0) {
        next[i - 1] += i * polynomial[i];
      }
    }
    return next;
  }

  private static double value(double[] polynomial, double x) {
    double sum = 0;
    for (int i = polynomial.length - 1; i >= 0; i--) {
      sum = sum * x + polynomial[i];
    }
    return sum;
  }
}
