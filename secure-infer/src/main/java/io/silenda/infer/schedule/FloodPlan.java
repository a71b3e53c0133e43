package io.silenda.infer.schedule;

/**
 * How the answers of one program are flooded.
 *
 * @param flooding what was asked for
 * @param ownDeviation standard deviation that encryption and operations on ciphertexts leave in a
 *     slot of an answer: what is to be hidden
 */
public record FloodPlan(Flooding flooding, double ownDeviation) {
  /** Checks that there is something to hide. */
  public FloodPlan {
    if (!(ownDeviation > 0 && ownDeviation <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "ownDeviation " + ownDeviation + " is not a positive number");
    }
  }

  /** Deviation, times the scale, below which no ciphertext's noise can be: that of rounding. */
  public static double leastOwnDeviation(int polyModulusDegree) {
    // A little less, as scales are kept in their logarithm.
    return (1 - 1e-9) * Math.sqrt(new RingNoise(polyModulusDegree).roundingVariance());
  }

  /** Standard deviation of the noise that is added, in one slot. */
  public double slotDeviation(int polyModulusDegree) {
    return flooding.deviation(ownDeviation, polyModulusDegree);
  }
}
