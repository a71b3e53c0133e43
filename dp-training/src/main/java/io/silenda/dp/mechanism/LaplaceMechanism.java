package io.silenda.dp.mechanism;

import io.silenda.dp.accounting.PrivacyEvent.Laplace;

/**
 * Laplace noise on one number, on a grid as {@link GaussianMechanism} does it: rounding adds one
 * grid unit to the sensitivity.
 *
 * <p>Immutable and thread-safe; sources are not.
 */
public final class LaplaceMechanism {
  private static final double FINENESS = 1 << 10;

  private final double grid;
  private final double unitsOfNoise;
  private final Laplace event;

  private LaplaceMechanism(double grid, double unitsOfNoise, Laplace event) {
    this.grid = grid;
    this.unitsOfNoise = unitsOfNoise;
    this.event = event;
  }

  /**
   * A mechanism whose event has the given scale, rounding included.
   *
   * @param sensitivity most by which one record moves the number
   * @param scale noise scale over sensitivity, from 0.01 to 200
   */
  public static LaplaceMechanism of(double sensitivity, double scale) {
    if (!(sensitivity >= 1e-100 && sensitivity <= 1e100)) {
      throw new IllegalArgumentException(
          "sensitivity " + sensitivity + " is not from 1e-100 to 1e100");
    }
    if (!(scale >= 0.01 && scale <= 200)) {
      throw new IllegalArgumentException("scale " + scale + " is not from 0.01 to 200");
    }
    double grid = GridSum.gridBelow(sensitivity / FINENESS);
    double moved = (sensitivity + grid) * (1 + 1e-12);
    return new LaplaceMechanism(grid, scale * moved / grid, new Laplace(scale));
  }

  /** What one release costs. */
  public Laplace event() {
    return event;
  }

  /**
   * The number with fresh noise.
   *
   * @throws IllegalArgumentException if the number is not finite
   */
  public NoisedSum release(double value, NoiseSource source) {
    GridNoise noise = new GridNoise(source, unitsOfNoise);
    double released = GridSum.value(GridSum.units(value, grid) + noise.laplace(), grid);
    return new NoisedSum(new double[] {released}, grid, event, source.isSecret());
  }
}
