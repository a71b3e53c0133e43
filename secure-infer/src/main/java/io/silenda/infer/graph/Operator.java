package io.silenda.infer.graph;

import java.util.Arrays;

/**
 * What a node computes on one flattened row. {@link Dense}, {@link Convolution} and {@link
 * SparseAffine} are affine maps, {@link Activation}, {@link Polynomial} and {@link Approximation}
 * act on each element alone, {@link Add} and {@link Multiply} join tensors.
 */
@SuppressWarnings("ArrayRecordComponent") // Every constructor and accessor copies.
public sealed interface Operator
    permits Operator.Input,
        Operator.Dense,
        Operator.Convolution,
        SparseAffine,
        Operator.Activation,
        Operator.Polynomial,
        Operator.Approximation,
        Operator.Add,
        Operator.Multiply {

  /** The model's input. */
  record Input() implements Operator {}

  /** Element-wise sum of two or more inputs, all of the output's shape. */
  record Add() implements Operator {}

  /** Element-wise product of two inputs, both of the output's shape. */
  record Multiply() implements Operator {}

  /**
   * {@code y = weights · x + bias} on the flattened, row-major input.
   *
   * @param weights one row per output, one column per input element
   * @param bias one value per output
   */
  record Dense(Matrix weights, double[] bias) implements Operator {
    /**
     * Copies {@code bias}.
     *
     * @throws IllegalArgumentException if {@code bias} has not one value a row of {@code weights}
     */
    public Dense {
      requireLength("bias", bias, weights.rows());
      bias = bias.clone();
    }

    @Override
    public double[] bias() {
      return bias.clone();
    }

    /** The bias of output {@code index}. */
    public double bias(int index) {
      return bias[index];
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Dense that
          && weights.equals(that.weights)
          && Arrays.equals(bias, that.bias);
    }

    @Override
    public int hashCode() {
      return 31 * weights.hashCode() + Arrays.hashCode(bias);
    }

    @Override
    public String toString() {
      return "Dense[" + weights + "]";
    }
  }

  /**
   * A two-dimensional convolution (cross-correlation, as ONNX {@code Conv}); average pooling,
   * padding, and scaling of a channel are convolutions too.
   *
   * @param geometry the sizes
   * @param weights values in the order output channel, input channel of the group, kernel row,
   *     kernel column
   * @param bias one value per output channel
   */
  record Convolution(ConvolutionGeometry geometry, double[] weights, double[] bias)
      implements Operator {
    /**
     * Copies the arrays.
     *
     * @throws IllegalArgumentException if an array's length does not fit {@code geometry}
     */
    public Convolution {
      requireLength("weights", weights, geometry.weightCount());
      requireLength("bias", bias, geometry.outChannels());
      weights = weights.clone();
      bias = bias.clone();
    }

    @Override
    public double[] weights() {
      return weights.clone();
    }

    @Override
    public double[] bias() {
      return bias.clone();
    }

    /** The weight at a position in the flattened {@link #weights()}. */
    public double weight(int index) {
      return weights[index];
    }

    /**
     * One weight.
     *
     * @param outChannel output channel
     * @param groupChannel input channel, counted from the first one of the output channel's group
     * @param kernelRow kernel row
     * @param kernelColumn kernel column
     */
    public double weight(int outChannel, int groupChannel, int kernelRow, int kernelColumn) {
      int channel = outChannel * geometry.channelsPerGroup() + groupChannel;
      return weights[
          (channel * geometry.kernelHeight() + kernelRow) * geometry.kernelWidth() + kernelColumn];
    }

    /** The bias of output channel {@code outChannel}. */
    public double bias(int outChannel) {
      return bias[outChannel];
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Convolution that
          && geometry.equals(that.geometry)
          && Arrays.equals(weights, that.weights)
          && Arrays.equals(bias, that.bias);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * geometry.hashCode() + Arrays.hashCode(weights)) + Arrays.hashCode(bias);
    }

    @Override
    public String toString() {
      return "Convolution[" + geometry + "]";
    }
  }

  /**
   * A function that is no polynomial; the approximate pass replaces it.
   *
   * @param kind which function
   * @param alpha first parameter where {@code kind} has one, else 0
   * @param beta second parameter where {@code kind} has one, else 0
   */
  record Activation(ActivationKind kind, double alpha, double beta) implements Operator {
    /** A function without parameters. */
    public Activation(ActivationKind kind) {
      this(kind, 0, 0);
    }

    /** The exact function at {@code x}. */
    public double apply(double x) {
      return kind.apply(x, alpha, beta);
    }
  }

  /**
   * A polynomial that the model itself names, kept exact.
   *
   * @param coefficients monomial coefficients, constant first; the last one is not 0
   */
  record Polynomial(double[] coefficients) implements Operator {
    /** Copies the coefficients. */
    public Polynomial {
      if (coefficients.length < 2) {
        throw new IllegalArgumentException(
            "coefficients has length " + coefficients.length + ", must be at least 2");
      }
      coefficients = coefficients.clone();
    }

    @Override
    public double[] coefficients() {
      return coefficients.clone();
    }

    /** The degree. */
    public int degree() {
      return coefficients.length - 1;
    }

    /** The value at {@code x}, by Horner's rule. */
    public double apply(double x) {
      return PolynomialValues.horner(coefficients, x);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Polynomial that && Arrays.equals(coefficients, that.coefficients);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(coefficients);
    }

    @Override
    public String toString() {
      return "Polynomial" + Arrays.toString(coefficients);
    }
  }

  /**
   * A polynomial in the place of a function that is none.
   *
   * @param function the function that it approximates
   * @param low lower end of the interval that it was made for
   * @param high upper end
   * @param coefficients coefficients of the Chebyshev polynomials of the first kind, on the
   *     interval mapped to [-1, 1]; constant first, at least 2, the last one is not 0
   */
  record Approximation(Activation function, double low, double high, double[] coefficients)
      implements Operator {
    /**
     * Copies {@code coefficients}.
     *
     * @throws IllegalArgumentException if the interval is empty or there are too few coefficients
     */
    public Approximation {
      if (!(low < high) || Double.isInfinite(high - low)) {
        throw new IllegalArgumentException("interval [" + low + ", " + high + "] is not proper");
      }
      if (coefficients.length < 2) {
        throw new IllegalArgumentException(
            "coefficients has length " + coefficients.length + ", must be at least 2");
      }
      coefficients = coefficients.clone();
    }

    @Override
    public double[] coefficients() {
      return coefficients.clone();
    }

    /** The degree. */
    public int degree() {
      return coefficients.length - 1;
    }

    /** Factor of the map from the interval to [-1, 1]. */
    public double unitScale() {
      return 2 / (high - low);
    }

    /** Summand of the map from the interval to [-1, 1]. */
    public double unitShift() {
      return -(high + low) / (high - low);
    }

    /** The polynomial's value at {@code x}, by Clenshaw's recurrence. */
    public double apply(double x) {
      return PolynomialValues.clenshaw(coefficients, unitScale() * x + unitShift());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Approximation that
          && function.equals(that.function)
          && low == that.low
          && high == that.high
          && Arrays.equals(coefficients, that.coefficients);
    }

    @Override
    public int hashCode() {
      return 31 * function.hashCode() + Arrays.hashCode(coefficients);
    }

    @Override
    public String toString() {
      return "Approximation[" + function.kind() + " on " + low + ".." + high + "]";
    }
  }

  private static void requireLength(String name, double[] values, int length) {
    if (values.length != length) {
      throw new IllegalArgumentException(
          name + " has length " + values.length + ", must be " + length);
    }
  }
}
