package io.silenda.infer.packing;

import java.util.Set;

/**
 * Prices of the operations of one linear map, in units of one number-theoretic transform; a
 * pointwise product costs about a seventh of that. Only ratios matter to the choice.
 *
 * <p>With {@code d} data primes left, a polynomial is decomposed with d + d² transforms and divided
 * by the special prime with d + 1; a key takes 2d(d+1) products. All baby steps of one ciphertext
 * share a decomposition and are not divided; every giant step divides and decomposes one polynomial
 * (double hoisting). So baby steps are the cheaper ones.
 *
 * @param dataPrimes data primes left where the map is applied
 * @param batch distance in slots between neighbouring positions of one lane
 * @param plannedSteps rotation steps that have a key already
 */
record StepCosts(int dataPrimes, int batch, Set<Integer> plannedSteps) {
  private static final double PRODUCT = 1.0 / 7;

  /** What a further key costs, as a share of a key switch: key bytes are a price too. */
  private static final double NEW_KEY = 0.35;

  /**
   * Prices of baby and giant steps.
   *
   * @param inputs ciphertexts that are rotated by each baby step
   * @param pairs sums of products that are rotated by each giant step
   */
  RotationSplit.Prices rotations(int inputs, int pairs) {
    double key = keyProducts(dataPrimes);
    double giant = divide(dataPrimes) + decompose(dataPrimes) + key;
    return new RotationSplit.Prices(
        step -> inputs * key + newKey(step, dataPrimes),
        step -> pairs * giant + newKey(step, dataPrimes));
  }

  /** A fold runs after the rescale, with one prime less. */
  double fold(int step, int blocks) {
    int d = Math.max(1, dataPrimes - 1);
    return blocks * keySwitch(d) + newKey(step, d);
  }

  double diagonal() {
    return 2 * dataPrimes * PRODUCT;
  }

  private double newKey(int step, int primes) {
    return plannedSteps.contains(step * batch) ? 0 : NEW_KEY * keySwitch(primes);
  }

  private static double keySwitch(int d) {
    return decompose(d) + keyProducts(d) + 2 * divide(d);
  }

  private static double decompose(int d) {
    return d * (d + 1.0);
  }

  private static double divide(int d) {
    return d + 1.0;
  }

  private static double keyProducts(int d) {
    return 2 * d * (d + 1.0) * PRODUCT;
  }
}
