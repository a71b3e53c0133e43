package io.silenda.dp.mechanism;

import java.util.Arrays;
import java.util.Objects;

/**
 * A sum of parts that a mechanism releases. Each part is rounded to the mechanism's grid when it is
 * added; from then on sums are integers, and exact. So whoever changes one part changes the sum by
 * that part alone. The releases of one accumulator are the steps of one mechanism.
 *
 * <p>Not thread-safe. Holds private sums until {@link #release} or {@link #clear}, and noise that
 * must stay secret until {@link #close}.
 */
public final class GridAccumulator implements AutoCloseable {
  static final int NOISE_AT_ONCE = 1 << 12;

  // Adding and taking away rounds to an integer, for magnitudes below 2^51.
  private static final double ROUNDER = 1.5 * 0x1p52;

  private final double grid;
  private final double unitsPerOne;
  private final double unitsOfNoise;
  private final NoiseShaping shaping;
  private final double[] units;
  private long stepsLeft;
  // Whether the sum was always finite, and no larger than sums of clipped records are.
  private boolean sound = true;

  /**
   * @param unitsOfNoise deviation of a step's fresh noise
   * @param steps most releases
   */
  GridAccumulator(
      double grid, double unitsOfNoise, int dimension, NoiseShaping shaping, long steps) {
    this.grid = grid;
    unitsPerOne = 1 / grid;
    this.unitsOfNoise = unitsOfNoise;
    this.shaping = shaping;
    units = new double[dimension];
    stepsLeft = steps;
  }

  /** Adds {@code count} numbers to the coordinates from {@code at} on. */
  public void add(int at, float[] values, int count) {
    Objects.checkFromIndexSize(0, count, values.length);
    Objects.checkFromIndexSize(at, count, units.length);
    if (NoiseKernel.inUse()) {
      sound &= GridKernel.addTo(units, at, values, count, unitsPerOne, GridSum.LARGEST_SUM);
      return;
    }
    for (int i = 0; i < count; i++) {
      add(at + i, values[i]);
    }
  }

  /** As {@link #add(int, float[], int)}. */
  public void add(int at, double[] values, int count) {
    for (int i = 0; i < count; i++) {
      add(at + i, values[i]);
    }
  }

  private void add(int at, double value) {
    units[at] += value * unitsPerOne + ROUNDER - ROUNDER;
    sound &= Math.abs(units[at]) <= GridSum.LARGEST_SUM;
  }

  /**
   * Adds noise, writes the noisy sum times {@code factor} to {@code values}, and begins anew. What
   * to account for is the mechanism's event.
   *
   * @param factor what the sum is multiplied by once it is noisy
   * @throws IllegalArgumentException if the sum is not finite, or too large for any sum of clipped
   *     records: nothing is released
   * @throws IllegalStateException if the mechanism has no steps left
   */
  public void release(NoiseSource source, double factor, float[] values) {
    if (values.length != units.length) {
      throw new IllegalArgumentException(
          "values has " + values.length + " numbers, not " + units.length);
    }
    if (stepsLeft == 0) {
      throw new IllegalStateException("the mechanism has no steps left");
    }
    if (!sound) {
      throw new IllegalArgumentException("sum must be finite: were all records clipped?");
    }
    stepsLeft--;
    addNoise(new GridNoise(source, unitsOfNoise), grid * factor, values);
    shaping.endStep();
  }

  private void addNoise(GridNoise sampler, double scale, float[] values) {
    int[] noise = new int[Math.min(NOISE_AT_ONCE, units.length)];
    for (int from = 0; from < units.length; from += NOISE_AT_ONCE) {
      int count = Math.min(NOISE_AT_ONCE, units.length - from);
      sampler.gaussians(noise, count);
      shaping.shape(noise, from, count);
      write(values, from, noise, count, scale);
    }
    Arrays.fill(noise, 0);
  }

  /** Writes some coordinates, and forgets their sums. */
  private void write(float[] values, int from, int[] noise, int count, double scale) {
    if (NoiseKernel.inUse()) {
      GridKernel.releaseTo(values, units, from, noise, count, scale);
      return;
    }
    for (int i = 0; i < count; i++) {
      values[from + i] = (float) ((units[from + i] + noise[i]) * scale);
      units[from + i] = 0;
    }
  }

  /** Forgets the sum. */
  public void clear() {
    Arrays.fill(units, 0);
    sound = true;
  }

  /** Forgets the sum and all noise, and releases nothing more. */
  @Override
  public void close() {
    clear();
    shaping.wipe();
    stepsLeft = 0;
  }
}
