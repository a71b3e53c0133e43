package io.silenda.dp.engine;

import io.silenda.dp.blas.Blas;
import io.silenda.dp.blas.FloatMemory;
import io.silenda.dp.blas.Matrix;

/**
 * Norms and clipped sums of the weight gradients of a linear map: the gradient of an example is the
 * sum over its P positions of (output gradient) (input)^T. How the norm is found depends on cost.
 */
abstract class LinearGradients implements AutoCloseable {
  /** Squared norms of inputs or gradients above it make an example unfit (docs, range). */
  static final double LARGEST_SQUARE = 0x1p80;

  /** What underflow can take from a square (docs, range). */
  static final double TINY = 0x1p-126;

  final Products products;
  final Batch batch;
  final int positions;
  final FloatMemory result;

  LinearGradients(Products products, Batch batch, int positions) {
    this.products = products;
    this.batch = batch;
    this.positions = positions;
    result = products.blas.allocate(products.inputs * products.outputs);
  }

  /**
   * The cheapest way: one position needs two norms; many positions need their Gram products, 2 P^2
   * numbers, or the gradient itself, as many numbers as there are weights (arXiv 2205.10683).
   *
   * @param positions of an example, over all of its views
   */
  static LinearGradients of(Products products, Batch batch, int positions, boolean bias) {
    if (products instanceof BatchProducts single && positions == 1) {
      return new OuterGradients(single, batch, bias);
    }
    long weights = (long) products.inputs * products.outputs;
    return 2L * positions * positions < weights
        ? new GhostGradients(products, batch, positions)
        : new ExplicitGradients(products, batch, positions);
  }

  /** Adds the examples' squared norms. */
  abstract void norms(GradientNorms norms);

  /** Whether {@link #norms} covers the bias. */
  boolean coversBias() {
    return false;
  }

  /** Calls {@code sum} with [outputs, inputs] sums of scaled gradients, one for each part. */
  abstract void sum(float[] gradients, float[] factors, PartSum sum);

  /** Calls {@code sum} with the sum of all gradients as they are. */
  final void sumUnclipped(PartSum sum) {
    products.outer(0, batch.rows(), resultMatrix());
    sum.accept(result);
  }

  abstract SumError error();

  final Matrix resultMatrix() {
    return new Matrix(result, 0, products.outputs, products.inputs);
  }

  @Override
  public void close() {
    result.close();
  }

  /** Factors of rows from those of examples. */
  final float[] rowFactors(float[] factors) {
    if (batch.views == 1) {
      return factors;
    }
    float[] rows = new float[batch.rows()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = factors[i / batch.views];
    }
    return rows;
  }

  static Matrix square(Blas blas, FloatMemory memory, int size) {
    return new Matrix(memory, 0, size, size);
  }

  /** Takes the sum of one part. */
  interface PartSum {
    void accept(FloatMemory values);
  }
}
