package io.silenda.dp.mechanism;

import io.silenda.dp.accounting.PrivacyEvent;
import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import io.silenda.dp.accounting.PrivacyEvent.MatrixMechanism;
import io.silenda.dp.accounting.PrivacyEvent.TreeAggregation;
import java.util.function.Supplier;

/**
 * Normal noise on the vector sums of many steps, correlated so that it cancels in their prefix
 * sums: the matrix mechanism (arXiv 2306.08153) and tree aggregation as its oldest case. It needs
 * no sampling; all steps together are one event.
 *
 * <p>Sums, noise and what is subtracted from it are whole units of one grid, added exactly. Given
 * all earlier releases, a step's release is a rounded normal around a value that two neighbours
 * have apart by the encoded difference of their sums, and by one unit more where earlier noise was
 * rounded (docs/dp-numerics.md): both are counted as sensitivity. The sums may depend on earlier
 * releases (arXiv 2210.17520).
 *
 * <p>Immutable and thread-safe; what {@link #begin} returns is not.
 */
public final class CorrelatedMechanism {
  private static final double FINENESS = 1 << 10;
  // So many nodes of 16 deviations each fit into an int.
  private static final double LARGEST_TREE_SCALE = 1 << 22;
  private static final double LARGEST_NOISE = 1 << 29;

  private final int dimension;
  private final int steps;
  private final double grid;
  private final double unitsOfNoise;
  private final PrivacyEvent event;
  private final Supplier<NoiseShaping> shaping;

  private CorrelatedMechanism(
      int dimension, int steps, Noise noise, PrivacyEvent event, Supplier<NoiseShaping> shaping) {
    this.dimension = dimension;
    this.steps = steps;
    grid = noise.grid;
    unitsOfNoise = noise.units;
    this.event = event;
    this.shaping = shaping;
  }

  /**
   * A banded Toeplitz mechanism for sums of parts, as {@link GaussianMechanism#ofParts}.
   *
   * @param clippingNorm largest 2-norm of one record's contribution to one step, with the
   *     floating-point error of the caller's sum
   * @param noiseMultiplier noise deviation over clipping norm times the strategy's sensitivity,
   *     rounding included: from 0.01 to 200
   * @param dimension number of coordinates, up to 2^26
   */
  public static CorrelatedMechanism banded(
      double clippingNorm,
      double noiseMultiplier,
      int dimension,
      ToeplitzStrategy strategy,
      Participation participation) {
    double sensitivity = strategy.sensitivity(participation);
    int rounded =
        (int) Math.min(participation.steps(), participation.most() * (strategy.bands() - 1L));
    double growth = strategy.noiseGrowth(participation.steps());
    double largest = Math.min(GridNoise.LARGEST_SCALE, (LARGEST_NOISE / growth - 2) / 16);
    Noise noise =
        noise(clippingNorm, noiseMultiplier, dimension, sensitivity, Math.sqrt(rounded), largest);
    return new CorrelatedMechanism(
        dimension,
        participation.steps(),
        noise,
        new MatrixMechanism(new Gaussian(noiseMultiplier)),
        () -> new ToeplitzNoise(strategy, dimension, GridAccumulator.NOISE_AT_ONCE));
  }

  /**
   * A binary tree for sums of parts, in which a record takes part once.
   *
   * @param noiseMultiplier noise deviation of a node over clipping norm: from 0.01 to 200
   * @throws IllegalArgumentException if a record may take part more than once
   */
  public static CorrelatedMechanism tree(
      double clippingNorm, double noiseMultiplier, int dimension, Participation participation) {
    int steps = participation.steps();
    if (participation.most() > 1) {
      throw new IllegalArgumentException(
          "steps " + steps + " is not from 1 to " + participation.separation());
    }
    return new CorrelatedMechanism(
        dimension,
        steps,
        noise(clippingNorm, noiseMultiplier, dimension, 1, 0, LARGEST_TREE_SCALE),
        new TreeAggregation(new Gaussian(noiseMultiplier), steps),
        () -> new TreeNoise(steps, dimension));
  }

  private record Noise(double grid, double units) {}

  /**
   * Grid and noise for a sensitivity at clipping norm 1.
   *
   * @param shifted 2-norm, in units a coordinate, of what rounding earlier noise moves
   * @param largest deviation in units that can be drawn and correlated
   */
  private static Noise noise(
      double clippingNorm,
      double noiseMultiplier,
      int dimension,
      double sensitivity,
      double shifted,
      double largest) {
    GaussianMechanism.require("clippingNorm", clippingNorm, 1e-100, 1e100);
    GaussianMechanism.require("noiseMultiplier", noiseMultiplier, 0.01, 200);
    GaussianMechanism.require("dimension", dimension, 1, 1 << 26);
    // Three roundings of half a unit in a sum of parts, as in GaussianMechanism.
    double rounding = Math.sqrt(dimension) * (1.5 * sensitivity + shifted);
    double wanted = clippingNorm * sensitivity / (FINENESS * rounding);
    double coarsest = clippingNorm * sensitivity * noiseMultiplier / (0.5 * largest);
    double grid = GridSum.gridBelow(Math.max(wanted, 2 * coarsest));
    double whole = (clippingNorm * sensitivity / grid + rounding) * (1 + 1e-12);
    double units = noiseMultiplier * whole;
    if (!(units <= largest)) {
      throw new IllegalArgumentException(
          "noiseMultiplier "
              + noiseMultiplier
              + " is above "
              + 0.5 * largest / rounding
              + ", the most for "
              + dimension
              + " coordinates with this strategy");
    }
    return new Noise(grid, units);
  }

  /** What all steps together cost, where a record keeps its place. */
  public PrivacyEvent event() {
    return event;
  }

  /** Grid of all outputs. */
  public double grid() {
    return grid;
  }

  /** Deviation of the noise on the encoded sums, or on a node of the tree. */
  public double noiseDeviation() {
    return unitsOfNoise * grid;
  }

  /** Begins one run of the mechanism, to be charged by itself; its owner closes it. */
  public GridAccumulator begin() {
    return new GridAccumulator(grid, unitsOfNoise, dimension, shaping.get(), steps);
  }
}
