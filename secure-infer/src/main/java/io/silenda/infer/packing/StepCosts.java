package io.silenda.infer.packing;

import java.util.Set;

/**
 * Prices of the operations of one linear map, in units of one number-theoretic transform.
 *
 * <p>With {@code d} data primes left, a key switch takes (d+1)(d+2) transforms. A diagonal costs 2d
 * pointwise products, each about a seventh of a transform. Only ratios matter to the choice.
 *
 * @param dataPrimes data primes left where the map is applied
 * @param batch distance in slots between neighbouring positions of one lane
 * @param plannedSteps rotation steps that have a key already
 */
record StepCosts(int dataPrimes, int batch, Set<Integer> plannedSteps) {
  /** What a further key costs beside its rotation: key bytes are a price too. */
  private static final double NEW_KEY = 0.35;

  private static final double DIAGONAL = 0.3;

  /**
   * Prices of baby and giant steps.
   *
   * @param pairs how often each of them is taken
   */
  RotationSplit.Prices rotations(int pairs) {
    double keySwitch = keySwitch(dataPrimes);
    return new RotationSplit.Prices(
        step -> keySwitch * (pairs + newKey(step)), step -> keySwitch * (pairs + newKey(step)));
  }

  /** A fold runs after the rescale, with one prime less. */
  double fold(int step, int blocks) {
    return keySwitch(Math.max(1, dataPrimes - 1)) * (blocks + newKey(step));
  }

  double diagonal() {
    return DIAGONAL * dataPrimes;
  }

  private double newKey(int step) {
    return plannedSteps.contains(step * batch) ? 0 : NEW_KEY;
  }

  private static double keySwitch(int dataPrimes) {
    return (dataPrimes + 1.0) * (dataPrimes + 2.0);
  }
}
