package io.silenda.dp.mechanism;

import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import java.util.Arrays;

/**
 * A sum of parts that a {@link GaussianMechanism} releases. Each part is rounded to the mechanism's
 * grid when it is added; from then on sums are integers, and exact. So whoever changes one part
 * changes the sum by that part alone.
 *
 * <p>Not thread-safe. Holds private sums until {@link #release} or {@link #clear}.
 */
public final class GridAccumulator {
  // Adding and taking away rounds to an integer, for magnitudes below 2^51.
  private static final double ROUNDER = 1.5 * 0x1p52;

  private final GaussianMechanism mechanism;
  private final double unitsPerOne;
  private final double[] units;

  GridAccumulator(GaussianMechanism mechanism, int dimension) {
    this.mechanism = mechanism;
    unitsPerOne = 1 / mechanism.grid();
    units = new double[dimension];
  }

  /** Adds {@code count} numbers to the coordinates from {@code at} on. */
  public void add(int at, float[] values, int count) {
    double scale = unitsPerOne;
    for (int i = 0; i < count; i++) {
      double scaled = values[i] * scale;
      units[at + i] += scaled + ROUNDER - ROUNDER;
    }
  }

  /** As {@link #add(int, float[], int)}. */
  public void add(int at, double[] values, int count) {
    for (int i = 0; i < count; i++) {
      double scaled = values[i] * unitsPerOne;
      units[at + i] += scaled + ROUNDER - ROUNDER;
    }
  }

  /**
   * Adds noise, writes the noisy sum times {@code factor} to {@code values}, and begins anew.
   *
   * @param factor what the sum is multiplied by once it is noisy
   * @return what to account for
   * @throws IllegalArgumentException if the sum is not finite, or too large for any sum of clipped
   *     records: nothing is released
   */
  public Gaussian release(NoiseSource source, double factor, float[] values) {
    if (values.length != units.length) {
      throw new IllegalArgumentException(
          "values has " + values.length + " numbers, not " + units.length);
    }
    mechanism.addNoise(units, source, factor, values);
    clear();
    return mechanism.event();
  }

  /** Forgets the sum. */
  public void clear() {
    Arrays.fill(units, 0);
  }
}
