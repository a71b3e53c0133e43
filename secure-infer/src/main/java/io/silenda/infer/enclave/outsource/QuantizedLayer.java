package io.silenda.infer.enclave.outsource;

import io.silenda.infer.graph.Operator;

/** A layer with integer weights: the real ones times {@link #weightScale()}, rounded. Immutable. */
public final class QuantizedLayer {
  /**
   * Largest integer weight. Twelve bits leave as many to the inputs of a row of a thousand weights:
   * 31 bits hold the sum of their products.
   */
  static final int MAX_WEIGHT = 1 << 11;

  /**
   * Centred residues have magnitude below 2^30, so that sums of this size times them are exact in
   * doubles, whatever order an accelerator adds in.
   */
  static final long MAX_ROW_SUM = 1L << 23;

  private final FieldMap map;
  private final double weightScale;
  private final double[] biases;
  private final int outputsPerBias;

  private QuantizedLayer(FieldMap map, double weightScale, double[] biases, int outputsPerBias) {
    this.map = map;
    this.weightScale = weightScale;
    this.biases = biases;
    this.outputsPerBias = outputsPerBias;
  }

  /** Quantises a dense layer. */
  public static QuantizedLayer of(Operator.Dense dense) {
    int rows = dense.weights().rows();
    int columns = dense.weights().columns();
    double[] weights = new double[Math.multiplyExact(rows, columns)];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = dense.weights().get(i / columns, i % columns);
    }
    double scale = scale(weights, columns);
    return new QuantizedLayer(
        new DenseMap(rows, columns, rounded(weights, scale)), scale, dense.bias(), 1);
  }

  /** Quantises a convolution. */
  public static QuantizedLayer of(Operator.Convolution convolution) {
    double[] weights = convolution.weights();
    double scale = scale(weights, weights.length / convolution.geometry().outChannels());
    int positions = convolution.geometry().outHeight() * convolution.geometry().outWidth();
    return new QuantizedLayer(
        new ConvolutionMap(convolution.geometry(), rounded(weights, scale)),
        scale,
        convolution.bias(),
        positions);
  }

  /** The integer map, which the accelerator may know. */
  public FieldMap map() {
    return map;
  }

  /** Integer weights an original one. */
  double weightScale() {
    return weightScale;
  }

  double bias(int output) {
    return biases[output / outputsPerBias];
  }

  private static double scale(double[] weights, int rowLength) {
    double largest = Double.MIN_NORMAL;
    double largestSum = Double.MIN_NORMAL;
    for (int start = 0; start < weights.length; start += rowLength) {
      double sum = 0;
      for (int i = start; i < start + rowLength; i++) {
        largest = Math.max(largest, Math.abs(weights[i]));
        sum += Math.abs(weights[i]);
      }
      largestSum = Math.max(largestSum, sum);
    }
    // Rounding adds at most a half to each weight.
    double bySum = (MAX_ROW_SUM - rowLength / 2.0) / largestSum;
    if (bySum <= 0) {
      throw new IllegalArgumentException("weights has rows of " + rowLength + ", too many");
    }
    return Math.min(MAX_WEIGHT / largest, bySum);
  }

  private static int[] rounded(double[] weights, double scale) {
    int[] integers = new int[weights.length];
    for (int i = 0; i < weights.length; i++) {
      integers[i] = (int) Math.rint(weights[i] * scale);
    }
    return integers;
  }
}
