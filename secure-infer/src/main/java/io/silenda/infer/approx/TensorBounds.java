package io.silenda.infer.approx;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * An interval for each element of a tensor.
 *
 * @param low lower ends
 * @param high upper ends
 */
@SuppressWarnings("ArrayRecordComponent") // Never handed out of the package, never changed.
record TensorBounds(double[] low, double[] high) {

  static TensorBounds even(int size, InputRange range) {
    double[] low = new double[size];
    double[] high = new double[size];
    Arrays.fill(low, Math.min(range.low(), (float) range.low()));
    Arrays.fill(high, Math.max(range.high(), (float) range.high()));
    return new TensorBounds(low, high);
  }

  /** The ends of one element's interval. */
  record Ends(double low, double high) {
    Ends widened(double by) {
      return new Ends(low - by, high + by);
    }

    Ends plus(Ends other) {
      return new Ends(low + other.low, high + other.high);
    }

    Ends times(Ends other) {
      double[] products = {low * other.low, low * other.high, high * other.low, high * other.high};
      Arrays.sort(products);
      return new Ends(products[0], products[3]);
    }

    Ends square() {
      double largest = Math.max(low * low, high * high);
      return new Ends(low <= 0 && high >= 0 ? 0 : Math.min(low * low, high * high), largest);
    }
  }

  Ends at(int element) {
    return new Ends(low[element], high[element]);
  }

  /** The smallest interval around those of all elements. */
  Ends all() {
    return new Ends(
        Arrays.stream(low).min().orElseThrow(), Arrays.stream(high).max().orElseThrow());
  }

  boolean isFinite() {
    Ends all = all();
    return Double.isFinite(all.high() - all.low());
  }

  double[] middles() {
    double[] middles = new double[low.length];
    Arrays.setAll(middles, i -> (low[i] + high[i]) / 2);
    return middles;
  }

  double[] radii() {
    double[] radii = new double[low.length];
    Arrays.setAll(radii, i -> (high[i] - low[i]) / 2);
    return radii;
  }

  static TensorBounds around(double[] middles, double[] radii) {
    double[] low = new double[middles.length];
    double[] high = new double[middles.length];
    Arrays.setAll(low, i -> middles[i] - radii[i]);
    Arrays.setAll(high, i -> middles[i] + radii[i]);
    return new TensorBounds(low, high);
  }

  /** The intervals that a function makes of these. */
  TensorBounds map(UnaryOperator<Ends> function) {
    double[] newLow = new double[low.length];
    double[] newHigh = new double[low.length];
    for (int i = 0; i < low.length; i++) {
      Ends ends = function.apply(at(i));
      newLow[i] = ends.low();
      newHigh[i] = ends.high();
    }
    return new TensorBounds(newLow, newHigh);
  }
}
