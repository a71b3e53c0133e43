package io.silenda.dp.engine;

import io.silenda.dp.blas.FloatMemory;
import io.silenda.dp.blas.Matrix;

/**
 * Many positions, few weights: each example's gradient is computed, kept, scaled and summed. Where
 * all of them would take too much memory, each is computed twice.
 */
final class ExplicitGradients extends LinearGradients {
  private static final int LARGEST_KEPT = 1 << 23;
  private static final int CHUNK = 1024;
  private static final double SLACK = 1 + 4 * SumError.gamma(CHUNK + 4.0);

  private final int weights;
  private final boolean kept;
  private final FloatMemory all;
  private final FloatMemory factorsOut;
  private final float[] zeros;

  ExplicitGradients(Products products, Batch batch, int positions) {
    super(products, batch, positions);
    weights = products.inputs * products.outputs;
    kept = (long) weights * batch.capacity <= LARGEST_KEPT;
    all = products.blas.allocate(kept ? weights * batch.capacity : weights);
    factorsOut = products.blas.allocate(batch.capacity);
    zeros = new float[weights];
  }

  @Override
  void norms(GradientNorms norms) {
    for (int i = 0; i < batch.examples(); i++) {
      norms.squared[i] += squaredNorm(compute(i));
    }
  }

  /** Computes a gradient, the same bits each time, and says where it is. */
  private int compute(int example) {
    int at = kept ? example * weights : 0;
    Matrix to = new Matrix(all, at, products.outputs, products.inputs);
    products.outer(example * batch.views, batch.views, to);
    return at;
  }

  private double squaredNorm(int at) {
    double sum = 0;
    for (int first = 0; first < weights; first += CHUNK) {
      int count = Math.min(CHUNK, weights - first);
      sum += products.blas.squaredNorm(all, at + first, count);
    }
    sum = sum * SLACK + weights * TINY;
    return sum < LARGEST_SQUARE ? sum : Double.NaN;
  }

  @Override
  void sum(float[] gradients, float[] factors, PartSum sum) {
    if (kept) {
      sumKept(factors);
      sum.accept(result);
    } else {
      sumAgain(factors, sum);
    }
  }

  private void sumKept(float[] factors) {
    int examples = batch.examples();
    for (int i = 0; i < examples; i++) {
      if (factors[i] == 0) {
        all.put(i * weights, zeros, 0, weights);
      }
    }
    factorsOut.put(0, factors, 0, examples);
    products.blas.multiply(
        new Matrix(factorsOut, 0, 1, examples),
        false,
        new Matrix(all, 0, examples, weights),
        false,
        new Matrix(result, 0, 1, weights),
        false);
  }

  private void sumAgain(float[] factors, PartSum sum) {
    float[] total = new float[weights];
    float[] one = new float[weights];
    for (int i = 0; i < batch.examples(); i++) {
      if (factors[i] != 0) {
        all.get(compute(i), one, 0, weights);
        for (int k = 0; k < weights; k++) {
          total[k] += factors[i] * one[k];
        }
      }
    }
    result.put(0, total, 0, weights);
    sum.accept(result);
  }

  /** As with one position: what is summed are vectors of bounded norm. */
  @Override
  SumError error() {
    double terms = batch.capacity + 1.0;
    return new SumError(SumError.gamma(terms + 3) * terms, 0);
  }

  @Override
  public void close() {
    all.close();
    factorsOut.close();
    super.close();
  }
}
