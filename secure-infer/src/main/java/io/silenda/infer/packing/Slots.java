package io.silenda.infer.packing;

import java.util.Arrays;

/** Small helpers on arrays of slots. */
final class Slots {
  private Slots() {}

  /** Repeats an array through a longer one. */
  static double[] repeat(double[] values, int slotCount) {
    double[] slots = new double[slotCount];
    Arrays.setAll(slots, slot -> values[slot % values.length]);
    return slots;
  }

  /** Spreads a lane over a batch: position p becomes slots p·batch … p·batch + batch − 1. */
  static double[] spread(double[] lane, int batch) {
    double[] slots = new double[lane.length * batch];
    Arrays.setAll(slots, slot -> lane[slot / batch]);
    return slots;
  }

  /** Adds {@code values[s] · in[(s + rotation) mod n]} to each {@code sum[s]}. */
  static void multiplyAdd(double[] sum, double[] values, double[] in, int rotation) {
    int n = in.length;
    for (int slot = 0; slot < n; slot++) {
      sum[slot] += values[slot] * in[Math.floorMod(slot + rotation, n)];
    }
  }

  /** Adds to an array, for each step in turn, itself rotated by that step. */
  static double[] fold(double[] slots, int[] steps) {
    double[] sum = slots;
    for (int step : steps) {
      double[] folded = sum.clone();
      for (int slot = 0; slot < folded.length; slot++) {
        folded[slot] += sum[Math.floorMod(slot + step, sum.length)];
      }
      sum = folded;
    }
    return sum;
  }
}
