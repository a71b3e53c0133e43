package io.silenda.infer.packing;

/**
 * A polynomial applied to every slot.
 *
 * @param name name of the layer
 * @param coefficients monomial coefficients, constant first
 */
public record PackedPolynomial(String name, double[] coefficients) implements PackedStep {
  /** Copies the coefficients. */
  public PackedPolynomial {
    coefficients = coefficients.clone();
  }

  @Override
  public double[] coefficients() {
    return coefficients.clone();
  }

  /** Whether this is exactly x². */
  public boolean isSquare() {
    return coefficients.length == 3
        && coefficients[0] == 0
        && coefficients[1] == 0
        && coefficients[2] == 1;
  }

  /** The degree, at least 1. */
  public int degree() {
    return Math.max(1, coefficients.length - 1);
  }
}
