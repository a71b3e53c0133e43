package io.silenda.infer.packing;

import io.silenda.he.Polynomial;
import java.util.List;
import java.util.Optional;

/** A layer as packing sees it: a function of one or more flattened tensors. */
public sealed interface Stage {
  /** Name of the layer. */
  String name();

  /** Levels that the layer takes where it is not the last one. */
  int depth();

  /** What the layer computes on its flattened operands. */
  double[] apply(List<double[]> operands);

  /**
   * A linear layer of one or more tensors: {@code Σ matrices[k] · x[k] + bias}. Sums of tensors are
   * such layers, which take the level that their factors take anyway.
   *
   * @param name its name; of several fused layers, their names joined
   * @param matrices one matrix for each operand
   * @param bias one value per output
   * @param outputImage the output's shape where it is an image
   */
  record Linear(
      String name, List<SparseMatrix> matrices, double[] bias, Optional<ImageShape> outputImage)
      implements Stage {
    /** Copies, and checks that all matrices have one row per output. */
    public Linear {
      matrices = List.copyOf(matrices);
      bias = bias.clone();
      for (SparseMatrix matrix : matrices) {
        if (matrix.rows() != bias.length) {
          throw new IllegalArgumentException(
              "bias has " + bias.length + " values, a matrix has " + matrix.rows() + " rows");
        }
      }
    }

    /** A layer of one tensor. */
    public Linear(String name, AffineMap map, Optional<ImageShape> outputImage) {
      this(name, List.of(map.matrix()), map.bias(), outputImage);
    }

    @Override
    public double[] bias() {
      return bias.clone();
    }

    /** Number of outputs. */
    public int outputSize() {
      return bias.length;
    }

    @Override
    public int depth() {
      return 1;
    }

    @Override
    public double[] apply(List<double[]> operands) {
      double[] output = bias.clone();
      for (int k = 0; k < matrices.size(); k++) {
        matrices.get(k).addTimes(operands.get(k), output);
      }
      return output;
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
      return PackedPolynomial.depthOf(polynomial);
    }

    @Override
    public double[] apply(List<double[]> operands) {
      double[] output = operands.get(0).clone();
      for (int i = 0; i < output.length; i++) {
        output[i] = polynomial.valueAt(output[i]);
      }
      return output;
    }
  }

  /**
   * The element-wise product of two tensors.
   *
   * @param name its name
   */
  record Product(String name) implements Stage {
    @Override
    public int depth() {
      return 1;
    }

    @Override
    public double[] apply(List<double[]> operands) {
      double[] output = operands.get(0).clone();
      for (int i = 0; i < output.length; i++) {
        output[i] *= operands.get(1)[i];
      }
      return output;
    }
  }
}
