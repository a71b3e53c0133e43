package io.silenda.dp.engine;

import io.silenda.dp.blas.Blas;

/** A dense layer at every position of a row. */
final class PositionDenseNode extends LinearNode {
  private final RowProducts rowProducts;

  PositionDenseNode(
      Blas blas, Tensor in, Tensor out, Batch batch, int positions, boolean bias, int offset) {
    this(
        in,
        out,
        new RowProducts(
            blas, batch.mostRows(), positions, in.size / positions, out.size / positions),
        batch,
        positions,
        bias,
        offset);
  }

  private PositionDenseNode(
      Tensor in,
      Tensor out,
      RowProducts products,
      Batch batch,
      int positions,
      boolean bias,
      int offset) {
    super(in, out, products, batch, positions, bias, offset);
    rowProducts = products;
  }

  @Override
  void forward(int rows) {
    for (int row = 0; row < rows; row++) {
      rowProducts.putInputs(row, in.values, row * in.size);
    }
    rowProducts.forward(rows, out.values);
    addBias(out.values, rows);
  }

  @Override
  void backward(int rows, boolean wanted) {
    rowProducts.putGradients(rows, out.gradients);
    for (int row = 0; wanted && row < rows; row++) {
      rowProducts.inputGradients(row, in.gradients, row * in.size);
    }
  }
}
