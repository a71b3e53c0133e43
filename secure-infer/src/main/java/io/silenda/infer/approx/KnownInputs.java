package io.silenda.infer.approx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What is known of the inputs of a network when it is compiled.
 *
 * @param rows flattened rows: those given for calibration, or made ones inside the declared range
 * @param areMade whether the rows were made
 * @param declared the range that all inputs are promised to lie in
 */
public record KnownInputs(List<double[]> rows, boolean areMade, Optional<InputRange> declared) {
  private static final int MADE_ROWS_OF_A_KIND = 50;
  private static final long SEED = 20_261_122;

  /** Copies the list. */
  public KnownInputs {
    rows = List.copyOf(rows);
  }

  /** Nothing. */
  public static KnownInputs nothing() {
    return new KnownInputs(List.of(), false, Optional.empty());
  }

  /** Calibration rows. */
  public static KnownInputs calibrated(List<double[]> rows) {
    return new KnownInputs(rows, false, Optional.empty());
  }

  /** Calibration rows, and a range that they and all others lie in. */
  public static KnownInputs calibrated(List<double[]> rows, InputRange range) {
    return new KnownInputs(rows, false, Optional.of(range));
  }

  /**
   * A range without rows: some are made inside it. Elements are independent and even, at either
   * end, or all equal, so that the box is spanned and sums reach far out too.
   *
   * @param size elements of a row
   */
  public static KnownInputs declared(InputRange range, int size) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < MADE_ROWS_OF_A_KIND; i++) {
      rows.add(random.doubles(size, range.low(), range.high()).toArray());
      double[] ends = new double[size];
      Arrays.setAll(ends, unused -> random.nextBoolean() ? range.low() : range.high());
      rows.add(ends);
      double part = i / (MADE_ROWS_OF_A_KIND - 1.0);
      double[] level = new double[size];
      Arrays.fill(level, (1 - part) * range.low() + part * range.high());
      rows.add(level);
    }
    return new KnownInputs(rows, true, Optional.of(range));
  }

  /** Where ranges of activations come from. */
  public RangeSource source() {
    if (areMade) {
      return RangeSource.PROPAGATED_BOUNDS;
    }
    return declared.isPresent() ? RangeSource.CALIBRATION_WITHIN_BOUNDS : RangeSource.CALIBRATION;
  }
}
