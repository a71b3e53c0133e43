package io.silenda.dp.accounting.pld;

import org.apache.commons.math3.special.Erf;

/**
 * Mass of the standard normal distribution on intervals, with a small relative error even where
 * differences of a distribution function would cancel. Tails come from Commons Math, whose erfc
 * keeps a relative error below 1e-12 down to its underflow.
 */
final class NormalMass {
  private static final double SCALE = 1 / Math.sqrt(2 * Math.PI);
  private static final double NARROW = 0.02;
  private static final double MIDDLE = 0.4;
  private static final double WIDE = 3;

  // Gauss-Legendre on [-1, 1].
  private static final double[] NODES3 = {0, Math.sqrt(0.6)};
  private static final double[] WEIGHTS3 = {8.0 / 9, 5.0 / 9};
  private static final double[] NODES6 = {
    0.23861918608319693, 0.6612093864662645, 0.932469514203152
  };
  private static final double[] WEIGHTS6 = {
    0.46791393457269104, 0.3607615730481386, 0.17132449237917036
  };

  private NormalMass() {}

  static double above(double x) {
    return x < 0 ? 1 - above(-x) : 0.5 * Erf.erfc(x / Math.sqrt(2));
  }

  /** Mass of (low, high]; either may be infinite. */
  static double between(double low, double high) {
    if (low >= high) {
      return 0;
    }
    if (low + high < 0) {
      return between(-high, -low);
    }
    // Now the interval's centre is not negative.
    double spread = (high - low) * (1 + Math.max(Math.abs(low), Math.abs(high)));
    if (spread <= NARROW) {
      return threePoints(low, high);
    }
    if (spread <= MIDDLE) {
      return sixPoints(low, high);
    }
    if (spread <= WIDE) {
      int pieces = (int) Math.ceil(spread / MIDDLE);
      double sum = 0;
      double step = (high - low) / pieces;
      for (int i = 0; i < pieces; i++) {
        sum += sixPoints(low + i * step, i == pieces - 1 ? high : low + (i + 1) * step);
      }
      return sum;
    }
    return low >= 0 ? above(low) - above(high) : 1 - above(-low) - above(high);
  }

  private static double threePoints(double low, double high) {
    double middle = 0.5 * (low + high);
    double half = 0.5 * (high - low);
    double shift = half * NODES3[1];
    double sum =
        WEIGHTS3[0] * density(middle)
            + WEIGHTS3[1] * (density(middle - shift) + density(middle + shift));
    return half * sum;
  }

  private static double sixPoints(double low, double high) {
    double middle = 0.5 * (low + high);
    double half = 0.5 * (high - low);
    double sum = 0;
    for (int i = 0; i < NODES6.length; i++) {
      double shift = half * NODES6[i];
      sum += WEIGHTS6[i] * (density(middle - shift) + density(middle + shift));
    }
    return half * sum;
  }

  private static double density(double x) {
    return SCALE * Math.exp(-0.5 * x * x);
  }
}
