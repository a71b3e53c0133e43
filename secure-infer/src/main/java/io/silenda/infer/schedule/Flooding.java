package io.silenda.infer.schedule;

import java.util.OptionalInt;

/**
 * Noise that a server adds to its answers, so that their own noise, which depends on the weights,
 * tells the client next to nothing of them: circuit privacy.
 *
 * <p>Normal noise of deviation σ on each of N coefficients, shifted by an error e, is within a
 * statistical distance of ‖e‖ / 2σ of the unshifted one (Pinsker's inequality). An answer's error
 * has a norm of √2 · deviation · scale; four times that is taken for it. A distance of 2^-bits so
 * takes σ = 2^(bits − 1) · 4√2 · deviation · scale, which is a deviation of 2^(bits + 1) · √N times
 * the answer's own in every slot. That flooding has to be exponential in the bits was shown by
 * Kluczniak and Santato (2025). The deviation is that of the noise model, and holds for keys and
 * requests that were made as they should be.
 *
 * @param bits negative logarithm of the distance; empty adds no noise
 */
public record Flooding(OptionalInt bits) {
  /** Less hides next to nothing. */
  public static final int MIN_BITS = 8;

  /** More fits no modulus. */
  public static final int MAX_BITS = 64;

  /** Checks the range. */
  public Flooding {
    if (bits.isPresent() && (bits.getAsInt() < MIN_BITS || bits.getAsInt() > MAX_BITS)) {
      throw new IllegalArgumentException(
          "flooding bits " + bits.getAsInt() + " outside " + MIN_BITS + ".." + MAX_BITS);
    }
  }

  /** No noise is added. */
  public static Flooding none() {
    return new Flooding(OptionalInt.empty());
  }

  /** Answers that are within a statistical distance of 2^-bits of ones that hide their noise. */
  public static Flooding of(int bits) {
    return new Flooding(OptionalInt.of(bits));
  }

  /** Deviation of what is added to a slot, for an answer whose noise has this deviation. */
  double deviation(double own, int polyModulusDegree) {
    return bits.isPresent()
        ? Math.scalb(Math.sqrt(polyModulusDegree) * own, bits.getAsInt() + 1)
        : 0;
  }
}
