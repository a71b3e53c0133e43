package io.silenda.dp.engine;

/**
 * Bound on the 2-norm of the rounding error of one sum, relative to the clipping norm.
 *
 * @param joint part that is proportional to the examples' norms in this layer, so that layers share
 *     it
 * @param own part of this layer alone
 */
record SumError(double joint, double own) {
  static final SumError NEGLIGIBLE = new SumError(1e-9, 0);

  /** Half the distance of one and the next float. */
  static final double UNIT_ROUNDOFF = 0x1p-24;

  /** Higham's γ(n): relative error of a sum of n products in floats. */
  static double gamma(double n) {
    return n * UNIT_ROUNDOFF / (1 - n * UNIT_ROUNDOFF);
  }
}
