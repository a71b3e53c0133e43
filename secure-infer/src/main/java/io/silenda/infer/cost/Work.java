package io.silenda.infer.cost;

/**
 * Amount of arithmetic on polynomials modulo one prime each.
 *
 * @param transforms number-theoretic transforms
 * @param products products of polynomials, coefficient by coefficient
 */
record Work(double transforms, double products) {
  static final Work NONE = new Work(0, 0);

  /**
   * Noise that floods an answer. It is drawn, not computed: as long as so many transforms took on
   * the machine of {@link MachineCosts#builtIn}, N from 4096 to 32768, at 40 bits.
   */
  static final Work FLOOD = new Work(400, 0);

  Work plus(Work other) {
    return new Work(transforms + other.transforms, products + other.products);
  }

  Work times(double count) {
    return new Work(count * transforms, count * products);
  }

  /** What shares one decomposition of a ciphertext with {@code d} primes into digits. */
  static Work decompose(int d) {
    return new Work(d + (double) d * d, 0);
  }

  /** The digits times a key. */
  static Work keyProducts(int d) {
    return new Work(0, 2.0 * d * (d + 1));
  }

  /** Division of one polynomial by the special prime. */
  static Work divide(int d) {
    return new Work(1 + d, d);
  }

  /** Division of one polynomial by the special prime and the last one. */
  static Work divideAndRescale(int d) {
    return new Work(2 + (d - 1), d);
  }

  /** Division of a ciphertext by its last prime. */
  static Work rescale(int d) {
    return new Work(2.0 * d, 2.0 * d);
  }

  /** Rotations of one ciphertext that are summed: one decomposition, one division. */
  static Work rotations(int d, int count) {
    return decompose(d).plus(keyProducts(d).times(count)).plus(divide(d).times(2));
  }

  /** A relinearization that ends with a rescale. */
  static Work relinearizeRescale(int d) {
    return decompose(d).plus(keyProducts(d)).plus(divideAndRescale(d).times(2));
  }

  /**
   * A fresh encryption of zero with {@code d} primes: three small polynomials modulo one prime
   * more, which both results are then divided by. Drawing them takes as long as two transforms.
   */
  static Work refresh(int d) {
    return new Work(3.0 * (d + 1) + 2.0 * (d + 1) + 2, 0);
  }

  /** The product of two ciphertexts. */
  static Work multiply(int d) {
    return new Work(0, 4.0 * d);
  }
}
