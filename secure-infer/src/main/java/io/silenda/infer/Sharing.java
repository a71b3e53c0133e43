package io.silenda.infer;

/**
 * How decrypted values are flooded with noise before anybody but the key's owner sees them.
 *
 * <p>Values that CKKS decrypts carry the encryption's own noise, from which whoever sees enough of
 * them recovers the secret key (Li and Micciancio, EUROCRYPT 2021). Gaussian noise of deviation
 * {@code sqrt(12 · answers) · 2^(bits / 2)} times that of the answers hides it (Li, Micciancio,
 * Schultz and Sorrell, CRYPTO 2022).
 *
 * @param statisticalBits how well it is hidden: 30 at least
 * @param answers how many answers under one key will ever be shared: rows, and again for each time
 *     that a row is shared anew
 * @param maxError largest error that the shared values may have to be of use, four standard
 *     deviations
 */
public record Sharing(int statisticalBits, long answers, double maxError) {
  /** Fewer hide too little. */
  public static final int MIN_STATISTICAL_BITS = 30;

  private static final int MAX_STATISTICAL_BITS = 128;

  /** More than anybody decrypts. */
  public static final long MAX_ANSWERS = 1L << 50;

  /** Checks the ranges. */
  public Sharing {
    if (statisticalBits < MIN_STATISTICAL_BITS || statisticalBits > MAX_STATISTICAL_BITS) {
      throw new IllegalArgumentException(
          "statisticalBits is %d, not in %d..%d"
              .formatted(statisticalBits, MIN_STATISTICAL_BITS, MAX_STATISTICAL_BITS));
    }
    if (answers < 1 || answers > MAX_ANSWERS || !(maxError > 0)) {
      throw new IllegalArgumentException(
          "answers " + answers + " is not in 1..2^50 or maxError " + maxError + " is not positive");
    }
  }

  /** The largest error of an answer that can be shared so: a billionth less, against rounding. */
  double answerMaxError() {
    return (1 - 1e-9) * maxError / floodingDeviation(1);
  }

  /** The deviation that floods noise of a given deviation. */
  double floodingDeviation(double noiseDeviation) {
    return Math.sqrt(12.0 * answers) * Math.pow(2, statisticalBits / 2.0) * noiseDeviation;
  }
}
