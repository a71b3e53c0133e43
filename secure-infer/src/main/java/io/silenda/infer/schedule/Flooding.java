package io.silenda.infer.schedule;

/**
 * Circuit privacy: noise that a server adds to its answers, so that their own noise, which depends
 * on the weights, tells the client next to nothing of them.
 *
 * <p>How much. Discrete normal noise of deviation σ on each of N coefficients, shifted by an error
 * e, has a Kullback–Leibler divergence of ‖e‖²/2σ² from the unshifted one, so that by Pinsker's
 * inequality their statistical distance is at most ‖e‖/2σ. The error of an answer has a norm of
 * about √2 · deviation · scale, and four times that is taken for it. A distance of 2^-bits takes σ
 * = 2^(bits − 1) · 4√2 · deviation · scale: 2^(bits + 1) · √N times the answer's own deviation in
 * every slot. Divergences of answers add up, so that the distance grows with the root of their
 * number. The method is that of Li, Micciancio, Schultz and Sorrell (CRYPTO 2022, sections 3 and
 * 4), whose s bits of statistical security take 2^(s/2) instead; for circuit privacy, Kluczniak and
 * Santato (ePrint 2023/301) show that such noise, exponential in the bits, is enough, and that less
 * is not.
 *
 * <p>The error is that of ciphertexts against the same circuit on the encoded plaintexts, as in
 * those papers: what rounding of the weights does to an answer is part of the network that is
 * computed. The deviation is that of the noise model, so all of this holds for keys and requests
 * made as they should be, and rows like those of calibration.
 *
 * @param bits negative logarithm of the statistical distance of one answer
 */
public record Flooding(int bits) {
  /** Less hides next to nothing. */
  public static final int MIN_BITS = 8;

  /** More fits no modulus. */
  public static final int MAX_BITS = 64;

  /** Where none are named: 2^-40 an answer, 2^-30 for a million. */
  public static final int DEFAULT_BITS = 40;

  /** By how many bits a million answers are worse than one. */
  public static final int LOG2_ROOT_OF_MILLION = 10;

  /** Checks the range. */
  public Flooding {
    if (bits < MIN_BITS || bits > MAX_BITS) {
      throw new IllegalArgumentException(
          "bits of circuit privacy are " + bits + ", not in " + MIN_BITS + ".." + MAX_BITS);
    }
  }

  /** Deviation of what is added to a slot, for an answer whose noise has this deviation. */
  double deviation(double own, int polyModulusDegree) {
    return own * factor(polyModulusDegree);
  }

  /** By how much the added noise exceeds an answer's own. */
  double factor(int polyModulusDegree) {
    return Math.scalb(Math.sqrt(polyModulusDegree), bits + 1);
  }
}
