package io.silenda.infer.packing;

import io.silenda.he.Polynomial;

/**
 * A polynomial applied to every slot.
 *
 * @param name name of the layer
 * @param polynomial the polynomial; in the Chebyshev basis, slots lie in [-1, 1]
 */
public record PackedPolynomial(String name, Polynomial polynomial) implements PackedStep {
  private static final Polynomial SQUARE =
      new Polynomial(Polynomial.Basis.MONOMIAL, new double[] {0, 0, 1});

  /** Whether this is exactly x², which needs no plaintext product and so one level only. */
  public boolean isSquare() {
    return polynomial.equals(SQUARE);
  }

  @Override
  public int depth() {
    return isSquare() ? 1 : polynomial.depth();
  }
}
