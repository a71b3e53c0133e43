package io.silenda.dp.engine;

import io.silenda.dp.blas.FloatMemory;
import java.util.Arrays;

/** What dense layers and convolutions share: weights, bias, their gradients. */
abstract class LinearNode extends Node implements Trained {
  final Products products;
  final Batch batch;
  private final LinearGradients gradients;
  private final boolean bias;
  private final BiasGradients biasGradients;
  private final int offset;
  private final float[] weights;
  private final float[] biases;
  private final float[] weightSum;
  private final float[] biasSum;

  /**
   * @param positions of one row
   */
  LinearNode(
      Tensor in,
      Tensor out,
      Products products,
      Batch batch,
      int positions,
      boolean bias,
      int offset) {
    super(in, out);
    this.products = products;
    this.batch = batch;
    this.bias = bias;
    this.offset = offset;
    int perExample = positions * batch.views;
    gradients = LinearGradients.of(products, batch, perExample, bias);
    biasGradients = new BiasGradients(batch, products.outputs, perExample);
    weights = new float[products.inputs * products.outputs];
    biases = new float[products.outputs];
    weightSum = new float[weights.length];
    biasSum = new float[biases.length];
  }

  @Override
  public final int offset() {
    return offset;
  }

  @Override
  public final int count() {
    return weights.length + (bias ? biases.length : 0);
  }

  @Override
  public final void load(float[] parameters) {
    fromOnnx(parameters, offset, weights);
    products.weights.put(0, weights, 0, weights.length);
    if (bias) {
      System.arraycopy(parameters, offset + weights.length, biases, 0, biases.length);
    }
  }

  /** Weights as the products want them, [outputs, inputs]. */
  void fromOnnx(float[] parameters, int at, float[] to) {
    System.arraycopy(parameters, at, to, 0, to.length);
  }

  /** The way back; may return its argument. */
  float[] toOnnx(float[] values) {
    return values;
  }

  final void addBias(float[] values, int rows) {
    if (!bias) {
      return;
    }
    int end = rows * out.size;
    for (int at = 0; at < end; at += biases.length) {
      for (int j = 0; j < biases.length; j++) {
        values[at + j] += biases[j];
      }
    }
  }

  @Override
  public final void norms(GradientNorms norms) {
    gradients.norms(norms);
    if (bias && !gradients.coversBias()) {
      biasGradients.collect(out.gradients);
      biasGradients.norms(norms);
    }
  }

  @Override
  public final void sum(float[] factors, GradientSum sum) {
    gradients.sum(out.gradients, factors, values -> addWeights(values, sum));
    if (bias) {
      biasGradients.collect(out.gradients);
      biasGradients.sum(factors, biasSum);
      sum.add(offset + weights.length, biasSum, biasSum.length);
    }
  }

  @Override
  public final void sumUnclipped(GradientSum sum) {
    gradients.sumUnclipped(values -> addWeights(values, sum));
    if (bias) {
      float[] ones = new float[batch.examples()];
      Arrays.fill(ones, 1);
      biasGradients.collect(out.gradients);
      biasGradients.sum(ones, biasSum);
      sum.add(offset + weights.length, biasSum, biasSum.length);
    }
  }

  private void addWeights(FloatMemory values, GradientSum sum) {
    values.get(0, weightSum, 0, weightSum.length);
    sum.add(offset, toOnnx(weightSum), weightSum.length);
  }

  @Override
  public final SumError error() {
    return gradients.error();
  }

  @Override
  public void close() {
    gradients.close();
    products.close();
  }
}
