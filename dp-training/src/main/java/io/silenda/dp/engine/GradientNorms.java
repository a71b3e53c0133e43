package io.silenda.dp.engine;

/** Norms of the examples' gradients in one layer; each a bound from above. */
final class GradientNorms {
  /** Squared 2-norm; NaN for an example that must not take part. */
  final double[] squared;

  /** What the scaled gradient's clipping norm also bounds (docs/dp-numerics.md, cancellation). */
  final double[] spread;

  GradientNorms(int examples) {
    squared = new double[examples];
    spread = new double[examples];
  }
}
