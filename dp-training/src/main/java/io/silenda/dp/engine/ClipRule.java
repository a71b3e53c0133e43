package io.silenda.dp.engine;

/** Turns norms into factors of at most one. */
public final class ClipRule {
  // A little below one, so that rounding to floats cannot raise a factor.
  private static final double ROUND_DOWN = 1 - 0x1p-22;

  private final double[] norms;
  private final boolean flat;

  private ClipRule(double[] norms, boolean flat) {
    this.norms = norms;
    this.flat = flat;
  }

  /** One bound over all layers. */
  public static ClipRule flat(double norm) {
    return new ClipRule(new double[] {norm}, true);
  }

  /** A bound for each layer. */
  public static ClipRule perLayer(double[] norms) {
    return new ClipRule(norms.clone(), false);
  }

  /** Clipping norm of a layer. */
  double norm(int layer) {
    return norms[flat ? 0 : layer];
  }

  int layers() {
    return flat ? -1 : norms.length;
  }

  /** Writes each layer's factors; an example that is unfit in one layer is zero in all. */
  void factors(GradientNorms[] layers, int examples, float[][] factors, ClipCounts counts) {
    for (int i = 0; i < examples; i++) {
      boolean clipped = flat ? flatFactors(layers, i, factors) : layerFactors(layers, i, factors);
      if (Double.isNaN(squared(layers, i))) {
        reject(factors, i);
        counts.rejected++;
      } else if (!clipped) {
        counts.unclipped++;
      }
    }
  }

  private boolean flatFactors(GradientNorms[] layers, int example, float[][] factors) {
    double size = Math.sqrt(squared(layers, example));
    for (GradientNorms layer : layers) {
      size = Math.max(size, layer.spread[example]);
    }
    for (float[] factor : factors) {
      factor[example] = factor(norms[0], size);
    }
    return size > norms[0];
  }

  private boolean layerFactors(GradientNorms[] layers, int example, float[][] factors) {
    boolean clipped = false;
    for (int l = 0; l < layers.length; l++) {
      double size = Math.max(Math.sqrt(layers[l].squared[example]), layers[l].spread[example]);
      factors[l][example] = factor(norms[l], size);
      clipped |= size > norms[l];
    }
    return clipped;
  }

  private static double squared(GradientNorms[] layers, int example) {
    double sum = 0;
    for (GradientNorms layer : layers) {
      sum += layer.squared[example];
    }
    return sum;
  }

  private static float factor(double bound, double size) {
    return size <= bound ? 1 : (float) (bound / size * ROUND_DOWN);
  }

  private static void reject(float[][] factors, int example) {
    for (float[] factor : factors) {
      factor[example] = 0;
    }
  }
}
