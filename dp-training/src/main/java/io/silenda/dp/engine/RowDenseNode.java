package io.silenda.dp.engine;

import io.silenda.dp.blas.RowKernel;
import java.util.Arrays;

/**
 * A dense layer on rows of one position and one view, by the native kernel: operands stay in the
 * tensors, and the clipped sum of any number of records is one pass over them.
 */
final class RowDenseNode extends Node implements Trained {
  private static final double SLACK = 1 + 4 * SumError.gamma(20);

  private final RowKernel kernel;
  private final Batch batch;
  private final boolean bias;
  private final int offset;
  private final float[] weights;
  private final float[] biases;
  private final float[] weightSum;
  private final float[] biasSum;
  private final float[] part;
  private final double[] inputNorms;
  private final double[] gradientNorms;

  RowDenseNode(RowKernel kernel, Tensor in, Tensor out, Batch batch, boolean bias, int offset) {
    super(in, out);
    this.kernel = kernel;
    this.batch = batch;
    this.bias = bias;
    this.offset = offset;
    weights = new float[Math.multiplyExact(in.size, out.size)];
    biases = new float[out.size];
    weightSum = new float[weights.length];
    biasSum = new float[out.size];
    part = new float[out.size];
    inputNorms = new double[batch.capacity];
    gradientNorms = new double[batch.capacity];
  }

  @Override
  public int offset() {
    return offset;
  }

  @Override
  public int count() {
    return weights.length + (bias ? biases.length : 0);
  }

  @Override
  public void load(float[] parameters) {
    System.arraycopy(parameters, offset, weights, 0, weights.length);
    if (bias) {
      System.arraycopy(parameters, offset + weights.length, biases, 0, biases.length);
    }
  }

  @Override
  void forward(int rows) {
    kernel.multiply(in.values, rows, in.size, weights, true, out.size, out.values);
    for (int row = 0; bias && row < rows; row++) {
      addTo(out.values, row * out.size, biases, 0, 1);
    }
  }

  @Override
  void backward(int rows, boolean wanted) {
    if (wanted) {
      kernel.multiply(out.gradients, rows, out.size, weights, false, in.size, in.gradients);
    }
  }

  /** The gradient is one outer product, and its norm the product of two norms. */
  @Override
  public void norms(GradientNorms norms) {
    int rows = batch.examples();
    kernel.squaredNorms(in.values, rows, in.size, inputNorms);
    kernel.squaredNorms(out.gradients, rows, out.size, gradientNorms);
    for (int i = 0; i < rows; i++) {
      double input = inputNorms[i] + in.size * LinearGradients.TINY;
      double gradient = gradientNorms[i] + out.size * LinearGradients.TINY;
      boolean fit =
          input < LinearGradients.LARGEST_SQUARE && gradient < LinearGradients.LARGEST_SQUARE;
      norms.squared[i] += fit ? (input + (bias ? 1 : 0)) * gradient * SLACK : Double.NaN;
    }
  }

  @Override
  public void sum(float[] factors, GradientSum sum) {
    int rows = batch.examples();
    kernel.sumOuter(out.gradients, out.size, factors, rows, in.values, in.size, weightSum);
    sum.add(offset, weightSum, weightSum.length);
    if (bias) {
      sumBiases(factors, rows);
      sum.add(offset + weights.length, biasSum, biasSum.length);
    }
  }

  @Override
  public void sumUnclipped(GradientSum sum) {
    float[] ones = new float[batch.examples()];
    Arrays.fill(ones, 1);
    sum(ones, sum);
  }

  private void sumBiases(float[] factors, int rows) {
    Arrays.fill(biasSum, 0);
    for (int first = 0; first < rows; first += RowKernel.BLOCK) {
      Arrays.fill(part, 0);
      for (int row = first; row < Math.min(rows, first + RowKernel.BLOCK); row++) {
        if (factors[row] != 0) {
          addTo(part, 0, out.gradients, row * out.size, factors[row]);
        }
      }
      addTo(biasSum, 0, part, 0, 1);
    }
  }

  private void addTo(float[] sums, int at, float[] values, int from, float factor) {
    for (int j = 0; j < out.size; j++) {
      sums[at + j] += values[from + j] * factor;
    }
  }

  /** docs/dp-numerics.md, one position. */
  @Override
  public SumError error() {
    double terms = batch.capacity + 1.0;
    double blocks = Math.ceil(terms / RowKernel.BLOCK);
    return new SumError(SumError.gamma(RowKernel.BLOCK + blocks + 3) * terms, 0);
  }
}
