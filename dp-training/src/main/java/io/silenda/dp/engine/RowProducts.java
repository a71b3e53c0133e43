package io.silenda.dp.engine;

import io.silenda.dp.blas.Blas;
import io.silenda.dp.blas.FloatMemory;
import io.silenda.dp.blas.Matrix;
import java.util.Arrays;

/**
 * One product for each row, over its positions. All rows are computed by calls of the same shape,
 * so that none depends on its place.
 */
final class RowProducts extends Products {
  private final int positions;
  private final FloatMemory scratch;

  RowProducts(Blas blas, int mostRows, int positions, int inputs, int outputs) {
    super(blas, Math.multiplyExact(mostRows, positions), inputs, outputs);
    this.positions = positions;
    scratch = blas.allocate(positions * inputs);
  }

  /** Takes the inputs of a row, position by position. */
  void putInputs(int row, float[] values, int at) {
    left.put(row * positions * inputs, values, at, positions * inputs);
  }

  @Override
  void forward(int rows, float[] to) {
    for (int i = 0; i < rows; i++) {
      blas.multiply(input(i, 1), false, weights(), true, gradient(i, 1), false);
    }
    right.get(0, to, 0, rows * positions * outputs);
  }

  @Override
  void putGradients(int rows, float[] gradients) {
    right.put(0, gradients, 0, rows * positions * outputs);
  }

  @Override
  void putScaled(int rows, float[] gradients, float[] factors) {
    int length = positions * outputs;
    float[] scaled = new float[length];
    for (int row = 0; row < rows; row++) {
      float factor = factors[row];
      if (factor == 0) {
        Arrays.fill(scaled, 0);
        left.put(row * positions * inputs, new float[positions * inputs], 0, positions * inputs);
      } else {
        for (int j = 0; j < length; j++) {
          scaled[j] = gradients[row * length + j] * factor;
        }
      }
      right.put(row * length, scaled, 0, length);
    }
  }

  /** W^T times the gradients of one row: positions times inputs numbers. */
  void inputGradients(int row, float[] to, int at) {
    Matrix result = new Matrix(scratch, 0, positions, inputs);
    blas.multiply(gradient(row, 1), false, weights(), false, result, false);
    scratch.get(0, to, at, positions * inputs);
  }

  @Override
  void outer(int firstRow, int rows, Matrix to) {
    blas.multiply(gradient(firstRow, rows), true, input(firstRow, rows), false, to, false);
  }

  @Override
  void inputGram(int firstRow, int rows, Matrix to) {
    Matrix block = input(firstRow, rows);
    blas.multiply(block, false, block, true, to, false);
  }

  @Override
  void gradientGram(int firstRow, int rows, Matrix to) {
    Matrix block = gradient(firstRow, rows);
    blas.multiply(block, false, block, true, to, false);
  }

  private Matrix input(int firstRow, int rows) {
    return new Matrix(left, firstRow * positions * inputs, rows * positions, inputs);
  }

  private Matrix gradient(int firstRow, int rows) {
    return new Matrix(right, firstRow * positions * outputs, rows * positions, outputs);
  }

  @Override
  public void close() {
    super.close();
    scratch.close();
  }
}
