package io.silenda.bench.kernels;

/**
 * Counts the work of operations at one ring and level, for key switching with one special prime: a
 * polynomial is cut into its residues (digits), each is transformed modulo all primes and the
 * special one (targets), multiplied with the key and added; the sum is divided by the special
 * prime.
 */
final class WorkModel {
  private static final int WORD_BYTES = 8;

  private final int degree;
  private final int digits;
  private final int perRootProduct;
  private final int perProduct;

  /**
   * @param digits data primes of the operands
   */
  WorkModel(String kernels, int degree, int digits) {
    this.degree = degree;
    this.digits = digits;
    // Multiply instructions: a product with a root and its reduction, and an exact product that is
    // added to a wide sum (avx2 takes the two halves of a product of doubles, avx512ifma the two of
    // 52 bits).
    this.perRootProduct = kernels.equals("avx2") ? 4 : 3;
    this.perProduct = kernels.equals("portable") ? 1 : 2;
  }

  private double log2Degree() {
    return Math.log(degree) / Math.log(2);
  }

  /** Polynomials stay in a cache: no bytes of memory are charged. */
  Work transforms(double count) {
    return new Work(0, count * degree / 2 * log2Degree() * perRootProduct);
  }

  private Work products(double polynomials) {
    return new Work(0, polynomials * degree * perProduct);
  }

  private Work moved(double polynomials) {
    return new Work(polynomials * degree * WORD_BYTES, 0);
  }

  private int targets() {
    return digits + 1;
  }

  /** Polynomials of a key: two for each digit and target. */
  private double keyPolynomials() {
    return 2.0 * digits * targets();
  }

  long keyBytes() {
    return (long) moved(keyPolynomials()).bytes();
  }

  /** Two polynomials times a third, modulo one prime, all of them in a cache. */
  Work onePlaintextProduct() {
    return products(2).plus(new Work(0, 2.0 * degree * perRootProduct));
  }

  /** An inverse transform for each digit, and each transformed modulo all targets but its own. */
  private Work decompose() {
    return transforms(digits + (double) digits * digits);
  }

  private Work multiplyByKey() {
    return products(keyPolynomials()).plus(moved(keyPolynomials()));
  }

  /** Of one polynomial. */
  private Work divideBySpecial() {
    return transforms(1 + digits).plus(products(2.0 * digits));
  }

  Work keySwitch() {
    return decompose().plus(multiplyByKey()).plus(divideBySpecial().times(2));
  }

  Work rotation() {
    return keySwitch().plus(moved(4.0 * digits));
  }

  Work rescale(int polynomials) {
    return transforms(digits)
        .plus(products(digits - 1.0))
        .plus(moved(2.0 * digits - 1))
        .times(polynomials);
  }

  Work multiply() {
    return products(4.0 * digits).plus(moved(7.0 * digits));
  }

  /** Both divisions are one: by the special prime and by the last. */
  Work relinearizeRescale() {
    Work division = transforms(2.0 + digits - 1).plus(products(4.0 * (digits - 1)));
    return decompose().plus(multiplyByKey()).plus(division.times(2)).plus(moved(5.0 * digits - 2));
  }

  Work plaintextProduct() {
    return onePlaintextProduct().plus(moved(5)).times(digits);
  }

  /** Rotations of one ciphertext times plaintexts, summed, one division at the end. */
  Work hoisted(int rotations, int diagonals) {
    return decompose()
        .plus(multiplyByKey().times(rotations))
        .plus(products(2.0 * diagonals * targets()))
        .plus(moved((double) diagonals * targets()))
        .plus(divideBySpecial().times(2))
        .plus(moved(4.0 * digits));
  }

  /** Each divides one polynomial by the special prime, decomposes it and multiplies with a key. */
  Work giantSteps(int count) {
    return divideBySpecial().plus(decompose()).plus(multiplyByKey()).times(count);
  }

  /** A transform modulo each prime, and a complex one with four real products a butterfly. */
  Work encode() {
    return transforms(digits)
        .plus(new Work(0, degree / 2.0 * log2Degree() * 4))
        .plus(moved(digits + 1.0));
  }

  Work encrypt() {
    return transforms(digits).plus(products(digits)).plus(moved(3.0 * digits));
  }

  Work decryptAndDecode() {
    return encode().plus(products(digits)).plus(moved(2.0 * digits));
  }
}
