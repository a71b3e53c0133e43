package io.silenda.dp.accounting.pld;

import java.util.stream.IntStream;

/** A mixture of normals of variance one; components of no weight are left out. Immutable. */
final class NormalMixture {
  private final double[] means;
  private final double[] weights;

  /** Means in rising order. */
  NormalMixture(double[] means, double[] weights) {
    int[] used = IntStream.range(0, means.length).filter(m -> weights[m] > 0).toArray();
    this.means = IntStream.of(used).mapToDouble(m -> means[m]).toArray();
    this.weights = IntStream.of(used).mapToDouble(m -> weights[m]).toArray();
  }

  static NormalMixture single(double mean) {
    return new NormalMixture(new double[] {mean}, new double[] {1});
  }

  double lowestMean() {
    return means[0];
  }

  double highestMean() {
    return means[means.length - 1];
  }

  double lowestWeight() {
    return weights[0];
  }

  double highestWeight() {
    return weights[means.length - 1];
  }

  /** ln of the density over that of the standard normal. */
  double logRatio(double x) {
    if (means.length == 1) {
      return exponent(0, x);
    }
    double largest = Math.max(exponent(0, x), exponent(means.length - 1, x));
    for (int m = 1; m < means.length - 1; m++) {
      largest = Math.max(largest, exponent(m, x));
    }
    // By differences from the largest term, so that ratios near one keep their digits.
    double excess = 0;
    for (int m = 0; m < means.length; m++) {
      double term = exponent(m, x);
      if (term != largest) {
        excess += weights[m] * Math.expm1(term - largest);
      }
    }
    return largest + Math.log1p(excess);
  }

  /** Mean of the component that x came from: the derivative of {@link #logRatio}. */
  double centre(double x) {
    if (means.length == 1) {
      return means[0];
    }
    double sum = 0;
    double total = 0;
    double reference = Math.max(exponent(0, x), exponent(means.length - 1, x));
    for (int m = 0; m < means.length; m++) {
      double weight = weights[m] * Math.exp(Math.min(600, exponent(m, x) - reference));
      sum += weight * means[m];
      total += weight;
    }
    return sum / total;
  }

  /** Mass of (low, high]. */
  double mass(double low, double high) {
    double sum = 0;
    for (int m = 0; m < means.length; m++) {
      sum += weights[m] * NormalMass.between(low - means[m], high - means[m]);
    }
    return sum;
  }

  private double exponent(int m, double x) {
    return means[m] * (x - 0.5 * means[m]);
  }
}
