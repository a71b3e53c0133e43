package io.silenda.infer.schedule;

/**
 * What a choice of primes and scales leads to.
 *
 * @param deviation standard deviation of the error of an output on the worst sample row, averaged
 *     over the slots that outputs may stand in
 * @param worstDeviation the same in the worst slot that an output does stand in: digits of a key
 *     switch are not centred, so their sum is large where the slot's root of unity is close to one,
 *     in the first slots
 * @param ownDeviation the part of the latter that encryption and operations on ciphertexts make, in
 *     the answer before it is flooded: what flooding hides
 * @param floodDeviation standard deviation of what flooding adds
 * @param overflowBits by how many bits values outgrow their modulus; zero or less where all fit
 */
record Assessment(
    double deviation,
    double worstDeviation,
    double ownDeviation,
    double floodDeviation,
    double overflowBits) {
  /** With flooding, average over the slots. */
  double flooded() {
    return Math.hypot(deviation, floodDeviation);
  }

  /** With flooding, in the worst slot. */
  double worstFlooded() {
    return Math.hypot(worstDeviation, floodDeviation);
  }
}
