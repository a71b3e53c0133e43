package io.silenda.dp.engine;

import io.silenda.dp.blas.Blas;

/** A dense layer on rows of one position. */
final class DenseNode extends LinearNode {
  private final BatchProducts batchProducts;
  private final boolean perExample;

  DenseNode(
      Blas blas, Tensor in, Tensor out, Batch batch, boolean bias, int offset, boolean perExample) {
    this(
        in,
        out,
        new BatchProducts(blas, batch.mostRows(), in.size, out.size),
        batch,
        bias,
        offset,
        perExample);
  }

  private DenseNode(
      Tensor in,
      Tensor out,
      BatchProducts products,
      Batch batch,
      boolean bias,
      int offset,
      boolean perExample) {
    super(in, out, products, batch, 1, bias, offset);
    batchProducts = products;
    this.perExample = perExample;
  }

  @Override
  void forward(int rows) {
    batchProducts.putInputs(rows, in.values, perExample);
    batchProducts.forward(rows, out.values);
    addBias(out.values, rows);
  }

  @Override
  void backward(int rows, boolean wanted) {
    batchProducts.putGradients(rows, out.gradients);
    if (wanted) {
      batchProducts.inputGradients(rows, in.gradients);
    }
  }
}
