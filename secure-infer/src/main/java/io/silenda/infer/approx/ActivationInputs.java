package io.silenda.infer.approx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one activation was given on the calibration rows: the range of its inputs, and how often
 * they fall where.
 */
final class ActivationInputs {
  private static final int BINS = 512;

  /** Part of the weight that is spread evenly, so that a polynomial stays tame in the margin. */
  private static final double EVEN_WEIGHT = 1e-3;

  private final List<double[]> tensors = new ArrayList<>();
  private double smallest = Double.POSITIVE_INFINITY;
  private double largest = Double.NEGATIVE_INFINITY;

  /**
   * Counts one tensor of inputs.
   *
   * @param kept whether it counts for the density too, which takes memory, or for the range only
   */
  void include(double[] tensor, boolean kept) {
    if (kept) {
      tensors.add(tensor.clone());
    }
    for (double value : tensor) {
      smallest = Math.min(smallest, value);
      largest = Math.max(largest, value);
    }
  }

  double smallest() {
    return smallest;
  }

  double largest() {
    return largest;
  }

  /** Middles of equal parts of [-1, 1]. */
  static double[] binCentres() {
    double[] centres = new double[BINS];
    for (int i = 0; i < BINS; i++) {
      centres[i] = (2 * i + 1.0) / BINS - 1;
    }
    return centres;
  }

  /** Part of the inputs in each bin of an interval. */
  double[] density(Interval interval) {
    double[] density = new double[BINS];
    long count = 0;
    for (double[] tensor : tensors) {
      for (double value : tensor) {
        int bin = (int) ((interval.toUnit(value) + 1) / 2 * BINS);
        density[Math.max(0, Math.min(BINS - 1, bin))]++;
        count++;
      }
    }
    for (int i = 0; i < BINS; i++) {
      density[i] /= Math.max(1, count);
    }
    return density;
  }

  /** The same part of the inputs in each bin. */
  static double[] evenDensity() {
    double[] density = new double[BINS];
    Arrays.fill(density, 1.0 / BINS);
    return density;
  }

  /** The density with a little weight everywhere. */
  static double[] weights(double[] density) {
    double[] weights = new double[BINS];
    for (int i = 0; i < BINS; i++) {
      weights[i] = (1 - EVEN_WEIGHT) * density[i] + EVEN_WEIGHT / BINS;
    }
    return weights;
  }
}
