package io.silenda.infer.packing;

import io.silenda.he.Polynomial;
import java.util.ArrayList;
import java.util.List;

/**
 * A polynomial applied to every slot.
 *
 * @param name name of the layer
 * @param operand the tensor that it takes
 * @param polynomial the polynomial; in the Chebyshev basis, slots lie in [-1, 1]
 */
public record PackedPolynomial(String name, int operand, Polynomial polynomial)
    implements PackedStep {
  private static final Polynomial SQUARE =
      new Polynomial(Polynomial.Basis.MONOMIAL, new double[] {0, 0, 1});

  /** Whether this is exactly x², which needs no plaintext product and so one level only. */
  public boolean isSquare() {
    return polynomial.equals(SQUARE);
  }

  @Override
  public List<Integer> operands() {
    return List.of(operand);
  }

  @Override
  public int depth() {
    return depthOf(polynomial);
  }

  static int depthOf(Polynomial polynomial) {
    return polynomial.equals(SQUARE) ? 1 : polynomial.depth();
  }

  @Override
  public int resultBlocks(List<Integer> operandBlocks) {
    return operandBlocks.get(0);
  }

  @Override
  public List<double[]> apply(List<List<double[]>> operands) {
    List<double[]> results = new ArrayList<>();
    for (double[] slots : operands.get(0)) {
      double[] result = new double[slots.length];
      for (int slot = 0; slot < slots.length; slot++) {
        result[slot] = polynomial.valueAt(slots[slot]);
      }
      results.add(result);
    }
    return results;
  }
}
