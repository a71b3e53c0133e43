package io.silenda.infer.packing;

import io.silenda.he.Polynomial;
import java.util.Optional;

/** A layer of a chain, as packing sees it. */
public sealed interface Stage {
  /** Name of the layer. */
  String name();

  /** Levels that the layer takes where it is not the last one. */
  int depth();

  /** What the layer computes on one flattened tensor. */
  double[] apply(double[] input);

  /**
   * A linear layer.
   *
   * @param name its name; of several fused layers, their names joined
   * @param map what it computes on flattened tensors
   * @param outputImage the output's shape where it is an image
   */
  record Linear(String name, AffineMap map, Optional<ImageShape> outputImage) implements Stage {
    @Override
    public int depth() {
      return 1;
    }

    @Override
    public double[] apply(double[] input) {
      return map.apply(input);
    }
  }

  /**
   * A polynomial of each element.
   *
   * @param name its name
   * @param polynomial the polynomial; in the Chebyshev basis, elements lie in [-1, 1]
   */
  record Elementwise(String name, Polynomial polynomial) implements Stage {
    /** Exactly x². */
    public static Elementwise square(String name) {
      return new Elementwise(
          name, new Polynomial(Polynomial.Basis.MONOMIAL, new double[] {0, 0, 1}));
    }

    @Override
    public int depth() {
      return new PackedPolynomial(name, polynomial).depth();
    }

    @Override
    public double[] apply(double[] input) {
      double[] output = new double[input.length];
      for (int i = 0; i < output.length; i++) {
        output[i] = polynomial.valueAt(input[i]);
      }
      return output;
    }
  }
}
