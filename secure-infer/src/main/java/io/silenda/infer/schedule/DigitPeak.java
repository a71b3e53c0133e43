package io.silenda.infer.schedule;

import io.silenda.infer.packing.OutputPacking;
import io.silenda.infer.packing.PackedProgram;

/**
 * How much more of a key switch's error the worst of some slots gets than the average slot.
 *
 * <p>A digit below q_j has mean q_j / 2 in every coefficient. At the root of unity ζ of a slot, a
 * constant polynomial 1 + X + … is 2 / (1 − ζ), so that the digit's mean square there is q_j² (N/12
 * + 1/|1 − ζ|²), against q_j² N/3 on average over all slots.
 */
final class DigitPeak {
  private DigitPeak() {}

  /** Where the client takes the mean of copies, no more than the mean of their variances. */
  static double ofAnswers(PackedProgram program) {
    double[] slots = ofSlots(2 * program.slotCount());
    OutputPacking output = program.output();
    double peak = 1;
    for (int position : output.positions()) {
      for (int row = 0; row < output.batch(); row++) {
        double sum = 0;
        for (int copy = 0; copy < output.copies(); copy++) {
          int slot = position * output.batch() + row + copy * (slots.length / output.copies());
          sum += slots[slot % slots.length];
        }
        peak = Math.max(peak, sum / output.copies());
      }
    }
    return peak;
  }

  /** For each slot; slot s belongs to the root ζ^(5^s) of X^N + 1. */
  static double[] ofSlots(int degree) {
    double[] peaks = new double[degree / 2];
    long exponent = 1;
    for (int slot = 0; slot < peaks.length; slot++) {
      peaks[slot] = ofRoot(exponent, degree);
      exponent = exponent * 5 % (2L * degree);
    }
    return peaks;
  }

  /** Of the first slot, the worst of all. */
  static double ofFirstSlot(int degree) {
    return ofRoot(1, degree);
  }

  private static double ofRoot(long exponent, int degree) {
    double sine = 2 * Math.sin(Math.PI * exponent / (2.0 * degree));
    return (degree / 12.0 + 1 / (sine * sine)) / (degree / 3.0);
  }
}
