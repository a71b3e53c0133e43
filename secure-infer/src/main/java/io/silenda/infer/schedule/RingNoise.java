package io.silenda.infer.schedule;

/**
 * What the operations of a ring add to the real part of one slot, as variances before they are
 * divided by the square of a scale.
 *
 * @param degree the ring's
 */
record RingNoise(int degree) {
  private static final double SIGMA_SQUARED = 3.2 * 3.2;

  /** A fresh encryption. */
  double encryptionVariance() {
    return degree / 2.0 * SIGMA_SQUARED;
  }

  /** A fresh encryption of an encoded vector. */
  double inputVariance() {
    return encryptionVariance() + encodingVariance();
  }

  /** Rounding of each coefficient of an encoded vector. */
  double encodingVariance() {
    return degree / 24.0;
  }

  /** A key switch whose digits have this sum of squares. */
  double keySwitchVariance(double digits) {
    return degree / 2.0 * (digits * degree / 3.0 * SIGMA_SQUARED) + roundingVariance();
  }

  /** Rounding of both polynomials against a ternary secret. */
  double roundingVariance() {
    return degree / 2.0 * (1 + 2.0 * degree / 3) / 12;
  }
}
