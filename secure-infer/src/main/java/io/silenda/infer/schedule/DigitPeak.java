package io.silenda.infer.schedule;

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

  static double ofAnswers(PackedProgram program) {
    int batch = program.batch();
    double peak = 1;
    for (int position : program.output().positions()) {
      for (int row = 0; row < batch; row++) {
        peak = Math.max(peak, ofSlot(position * batch + row, 2 * program.slotCount()));
      }
    }
    return peak;
  }

  /** Slot s belongs to the root ζ^(5^s) of X^N + 1. */
  static double ofSlot(int slot, int degree) {
    long exponent = 1;
    for (int i = 0; i < slot; i++) {
      exponent = exponent * 5 % (2L * degree);
    }
    double sine = 2 * Math.sin(Math.PI * exponent / (2.0 * degree));
    return (degree / 12.0 + 1 / (sine * sine)) / (degree / 3.0);
  }
}
