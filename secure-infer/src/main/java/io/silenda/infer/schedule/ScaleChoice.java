package io.silenda.infer.schedule;

/**
 * One candidate of the search: primes and scales, in bits.
 *
 * @param firstPrime bits of the prime that the answer ends on
 * @param specialPrime bits of the key-switching prime
 * @param rescalePrimes bits of the primes that the stages divide by, in the order of their use,
 *     then of those that an answer keeps besides the first until it is sent
 * @param inputScale log2 of the scale of the input
 * @param stepScales log2 of the scale of each stage's weights, or of a polynomial's result; zero
 *     for a square
 */
record ScaleChoice(
    int firstPrime, int specialPrime, int[] rescalePrimes, double inputScale, double[] stepScales) {

  int totalBits() {
    int total = firstPrime + specialPrime;
    for (int bits : rescalePrimes) {
      total += bits;
    }
    return total;
  }

  /** Copies the arrays, for a neighbour in the search. */
  ScaleChoice copy() {
    return new ScaleChoice(
        firstPrime, specialPrime, rescalePrimes.clone(), inputScale, stepScales.clone());
  }

  ScaleChoice withFirstPrime(int bits) {
    return new ScaleChoice(bits, specialPrime, rescalePrimes, inputScale, stepScales);
  }

  ScaleChoice withSpecialPrime(int bits) {
    return new ScaleChoice(firstPrime, bits, rescalePrimes, inputScale, stepScales);
  }

  ScaleChoice withInputScale(double log2Scale) {
    return new ScaleChoice(firstPrime, specialPrime, rescalePrimes, log2Scale, stepScales);
  }
}
