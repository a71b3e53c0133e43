package io.silenda.infer;

/**
 * What no element of an answer errs by, on rows inside the calibrated box: every input between the
 * smallest and the largest of the calibration rows, every polynomial's argument in its interval.
 *
 * @param encryption from encryption: four and a half standard deviations in the worst slots, and
 *     twenty average ones for what the noise model averages over the slots of inner tensors
 * @param approximation from polynomials in the place of activations: the largest difference that an
 *     adversarial search found, with a quarter as margin; 0 where there are none
 */
public record ErrorBound(double encryption, double approximation) {
  /** Both together. */
  public double total() {
    return encryption + approximation;
  }
}
