package io.silenda.dp.mechanism;

import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import java.util.Arrays;

/**
 * Normal noise on a vector sum of records of 2-norm at most C, safe in floating point.
 *
 * <p>The sum is rounded to a grid, and noise that was rounded to the same grid is added to it in
 * integers. As the sum lies on the grid, that is the same as rounding (sum + continuous noise):
 * post-processing of the Gaussian mechanism. Rounding the sum of d coordinates moves two neighbours
 * apart by at most sqrt(d) grid units, which is counted as sensitivity. The outputs that can be
 * reached are the multiples of the grid, whatever the data are, so that low bits tell nothing
 * (Mironov 2012; Haney et al. 2022).
 *
 * <p>Immutable and thread-safe; sources are not.
 */
public final class GaussianMechanism {
  private static final double FINENESS = 1 << 10;

  private final int dimension;
  private final double grid;
  private final double unitsOfNoise;
  private final Gaussian event;

  private GaussianMechanism(int dimension, double grid, double unitsOfNoise, Gaussian event) {
    this.dimension = dimension;
    this.grid = grid;
    this.unitsOfNoise = unitsOfNoise;
    this.event = event;
  }

  /**
   * A mechanism whose event has the given noise multiplier, rounding included.
   *
   * @param clippingNorm largest 2-norm of one record's contribution, with the floating-point error
   *     of the caller's sum
   * @param noiseMultiplier from 0.01 to 200
   * @param dimension number of coordinates, up to 2^26
   */
  public static GaussianMechanism of(double clippingNorm, double noiseMultiplier, int dimension) {
    return of(clippingNorm, noiseMultiplier, dimension, 2);
  }

  /**
   * A mechanism for sums of parts that are rounded one by one ({@link #accumulator()}), where a
   * record changes one part, or makes two parts of one. The event has the given noise multiplier,
   * rounding included.
   */
  public static GaussianMechanism ofParts(
      double clippingNorm, double noiseMultiplier, int dimension) {
    return of(clippingNorm, noiseMultiplier, dimension, 3);
  }

  /**
   * @param roundings how often half a grid unit can come between two neighbours
   */
  private static GaussianMechanism of(
      double clippingNorm, double noiseMultiplier, int dimension, int roundings) {
    require("clippingNorm", clippingNorm, 1e-100, 1e100);
    require("noiseMultiplier", noiseMultiplier, 0.01, 200);
    require("dimension", dimension, 1, 1 << 26);
    double root = Math.sqrt(dimension);
    // Fine beside the noise, and so fine that rounding adds at most a thousandth to the
    // sensitivity,
    // where the sampler allows that.
    double wanted = clippingNorm / (FINENESS * root);
    double coarsest = clippingNorm * noiseMultiplier / (0.5 * GridNoise.LARGEST_SCALE);
    double grid = GridSum.gridBelow(Math.max(wanted, 2 * coarsest));
    double sensitivity = (clippingNorm + 0.5 * roundings * root * grid) * (1 + 1e-12);
    double units = noiseMultiplier * sensitivity / grid;
    return new GaussianMechanism(dimension, grid, units, new Gaussian(noiseMultiplier));
  }

  /** What one release costs, under add-remove and zero-out as it stands. */
  public Gaussian event() {
    return event;
  }

  /** Grid of all outputs. */
  public double grid() {
    return grid;
  }

  /** Deviation of the noise that is added. */
  public double noiseDeviation() {
    return unitsOfNoise * grid;
  }

  /**
   * The sum with fresh noise.
   *
   * @param sum as many finite numbers as the dimension; magnitudes are cut at 2^51 grid units
   * @throws IllegalArgumentException if the sum has another length or is not finite: it is then no
   *     sum of clipped records, and nothing is released
   */
  public NoisedSum release(double[] sum, NoiseSource source) {
    if (sum.length != dimension) {
      throw new IllegalArgumentException("sum has " + sum.length + " numbers, not " + dimension);
    }
    double[] values = new double[dimension];
    for (int i = 0; i < dimension; i++) {
      values[i] = GridSum.units(sum[i], grid);
    }
    int[] noise = new int[dimension];
    drawNoise(noise, source);
    for (int i = 0; i < dimension; i++) {
      values[i] = (values[i] + noise[i]) * grid;
    }
    Arrays.fill(noise, 0);
    return new NoisedSum(values, grid, event, source.isSecret());
  }

  /**
   * The noise alone, in units of the grid, for sums that are kept in whole units. It is as secret
   * as the sum: wipe it.
   *
   * @param units takes a sample each
   */
  public void drawNoise(int[] units, NoiseSource source) {
    new GridNoise(source, unitsOfNoise).gaussians(units, units.length);
  }

  /** A sum of no parts yet. */
  public GridAccumulator accumulator() {
    return new GridAccumulator(grid, unitsOfNoise, dimension, NoiseShaping.NONE, Long.MAX_VALUE);
  }

  static void require(String name, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          name + " " + value + " is not from " + low + " to " + high);
    }
  }
}
