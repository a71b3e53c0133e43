package io.silenda.dp.engine;

/** Values and gradients of a batch between two layers, row by row. */
final class Tensor {
  final int size;
  final float[] values;
  final float[] gradients;

  /**
   * @param size numbers of one row
   */
  Tensor(int rows, int size) {
    this.size = size;
    values = new float[Math.multiplyExact(rows, size)];
    gradients = new float[values.length];
  }
}
