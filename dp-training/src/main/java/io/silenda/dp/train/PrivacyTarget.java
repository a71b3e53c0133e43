package io.silenda.dp.train;

/** How much noise: given, or found for a guarantee. */
public sealed interface PrivacyTarget {
  /** Delta at which epsilon is reported. */
  double delta();

  /** Noise deviation over clipping norm. */
  record NoiseMultiplier(double noiseMultiplier, double delta) implements PrivacyTarget {
    /** Checks the ranges. */
    public NoiseMultiplier {
      Ranges.require("noiseMultiplier", noiseMultiplier, 0.01, 200);
      Ranges.require("delta", delta, 1e-100, 0.1);
    }
  }

  /** The least noise at which all steps together are (epsilon, delta) private. */
  record Epsilon(double epsilon, double delta) implements PrivacyTarget {
    /** Checks the ranges. */
    public Epsilon {
      Ranges.require("epsilon", epsilon, 1e-4, 1e4);
      Ranges.require("delta", delta, 1e-100, 0.1);
    }
  }

  /**
   * Neither clipping nor noise: the baseline that privacy is compared with. Epsilon is infinite and
   * every result says so.
   */
  record InsecureNone() implements PrivacyTarget {
    @Override
    public double delta() {
      return 0;
    }
  }
}
