package io.silenda.infer.packing;

import java.util.Optional;

/** A layer of a chain, as packing sees it. */
public sealed interface Stage {
  /** Name of the layer. */
  String name();

  /**
   * A linear layer.
   *
   * @param name its name; of several fused layers, their names joined
   * @param map what it computes on flattened tensors
   * @param outputImage the output's shape where it is an image
   */
  record Linear(String name, AffineMap map, Optional<ImageShape> outputImage) implements Stage {}

  /**
   * A polynomial of each element.
   *
   * @param name its name
   * @param coefficients monomial coefficients, constant first
   */
  record Elementwise(String name, double[] coefficients) implements Stage {
    /** Copies the coefficients. */
    public Elementwise {
      coefficients = coefficients.clone();
    }

    @Override
    public double[] coefficients() {
      return coefficients.clone();
    }
  }
}
