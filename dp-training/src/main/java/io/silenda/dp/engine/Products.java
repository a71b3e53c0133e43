package io.silenda.dp.engine;

import io.silenda.dp.blas.Blas;
import io.silenda.dp.blas.FloatMemory;
import io.silenda.dp.blas.Matrix;

/**
 * The operands of a linear map y = W x at every position of every row, and products of them. W has
 * one row for each output.
 */
abstract class Products implements AutoCloseable {
  final Blas blas;
  final int inputs;
  final int outputs;
  final FloatMemory weights;
  final FloatMemory left;
  final FloatMemory right;

  /**
   * @param positions positions of all rows together
   */
  Products(Blas blas, int positions, int inputs, int outputs) {
    this.blas = blas;
    this.inputs = inputs;
    this.outputs = outputs;
    weights = blas.allocate(Math.multiplyExact(inputs, outputs));
    left = blas.allocate(Math.multiplyExact(positions, inputs));
    right = blas.allocate(Math.multiplyExact(positions, outputs));
  }

  final Matrix weights() {
    return new Matrix(weights, 0, outputs, inputs);
  }

  /** Writes W x to the tensor of outputs, for the inputs that were put. */
  abstract void forward(int rows, float[] to);

  /** Takes the gradients of the outputs. */
  abstract void putGradients(int rows, float[] gradients);

  /**
   * Takes the gradients again, each row's times its factor. Rows of factor zero are zero from now
   * on, with their inputs: what was not finite there must not meet a zero.
   */
  abstract void putScaled(int rows, float[] gradients, float[] factors);

  /** Sum over the positions of some rows of gradient times input, [outputs, inputs]. */
  abstract void outer(int firstRow, int rows, Matrix to);

  /** Products of all pairs of inputs of some rows. */
  abstract void inputGram(int firstRow, int rows, Matrix to);

  /** Products of all pairs of gradients of some rows. */
  abstract void gradientGram(int firstRow, int rows, Matrix to);

  @Override
  public void close() {
    weights.close();
    left.close();
    right.close();
  }
}
