package io.silenda.dp.engine;

import io.silenda.dp.blas.Blas;
import io.silenda.dp.blas.FloatMemory;
import io.silenda.dp.blas.Matrix;
import io.silenda.dp.blas.RowIndependence;
import java.util.OptionalInt;

/**
 * One product for all rows, each with one position. Rows are columns here, filled up with zeros to
 * a multiple of {@link RowIndependence#UNIT}: in these shapes a column does not depend on its
 * place.
 */
final class BatchProducts extends Products {
  private final FloatMemory scratch;
  private final float[] columns;
  private final double[] inputNorms;
  private final double[] gradientNorms;
  private final int margin;
  private int stride;

  BatchProducts(Blas blas, int mostRows, int inputs, int outputs) {
    this(blas, mostRows, inputs, outputs, margin(blas, mostRows, inputs, outputs));
  }

  private BatchProducts(Blas blas, int mostRows, int inputs, int outputs, int margin) {
    super(blas, RowIndependence.columns(mostRows, margin), inputs, outputs);
    this.margin = margin;
    int most = RowIndependence.columns(mostRows, margin);
    scratch = blas.allocate(Math.multiplyExact(most, inputs));
    columns = new float[most * Math.max(inputs, outputs)];
    inputNorms = new double[most];
    gradientNorms = new double[most];
  }

  private static int margin(Blas blas, int mostRows, int inputs, int outputs) {
    OptionalInt forward = RowIndependence.margin(blas, outputs, inputs, false, mostRows, 1);
    OptionalInt backward = RowIndependence.margin(blas, inputs, outputs, true, mostRows, 1);
    if (forward.isEmpty() || backward.isEmpty()) {
      throw new RowDependenceException(
          blas.name() + " computes a record differently by its place in the batch");
    }
    return Math.max(forward.getAsInt(), backward.getAsInt());
  }

  /** Takes the inputs of all rows, and notes their norms where they are wanted. */
  void putInputs(int rows, float[] values, boolean norms) {
    stride = RowIndependence.columns(rows, margin);
    Transposition.transpose(values, rows, inputs, columns, stride, margin);
    left.put(0, columns, 0, inputs * stride);
    if (norms) {
      Transposition.squaredNorms(columns, stride, inputs, inputNorms);
    }
  }

  @Override
  void forward(int rows, float[] to) {
    Matrix result = new Matrix(right, 0, outputs, stride);
    blas.multiply(weights(), false, new Matrix(left, 0, inputs, stride), false, result, false);
    right.get(0, columns, 0, outputs * stride);
    Transposition.restore(columns, margin, stride, to, 0, rows, outputs);
  }

  @Override
  void putGradients(int rows, float[] gradients) {
    Transposition.transpose(gradients, rows, outputs, columns, stride, margin);
    right.put(0, columns, 0, outputs * stride);
  }

  /** Squared norm of a row's input, at most γ(16) below the exact one. */
  double inputNorm(int row) {
    return inputNorms[margin + row];
  }

  /** Squared norm of a row's gradient, as {@link #inputNorm}. */
  double gradientNorm(int row) {
    return gradientNorms[margin + row];
  }

  /** Notes the norms of the gradients that were put last. */
  void noteGradientNorms() {
    right.get(0, columns, 0, outputs * stride);
    Transposition.squaredNorms(columns, stride, outputs, gradientNorms);
  }

  @Override
  void putScaled(int rows, float[] gradients, float[] factors) {
    right.get(0, columns, 0, outputs * stride);
    for (int i = 0; i < outputs; i++) {
      scale(columns, i * stride + margin, factors, rows);
    }
    for (int row = 0; row < rows; row++) {
      if (factors[row] == 0) {
        clear(row);
      }
    }
    right.put(0, columns, 0, outputs * stride);
  }

  private static void scale(float[] values, int at, float[] factors, int count) {
    for (int r = 0; r < count; r++) {
      values[at + r] *= factors[r];
    }
  }

  private void clear(int row) {
    float[] zero = {0};
    for (int i = 0; i < inputs; i++) {
      left.put(i * stride + margin + row, zero, 0, 1);
    }
    for (int i = 0; i < outputs; i++) {
      columns[i * stride + margin + row] = 0;
    }
  }

  /** W^T times the gradients, row by row. */
  void inputGradients(int rows, float[] to) {
    Matrix result = new Matrix(scratch, 0, inputs, stride);
    blas.multiply(weights(), true, new Matrix(right, 0, outputs, stride), false, result, false);
    scratch.get(0, columns, 0, inputs * stride);
    Transposition.restore(columns, margin, stride, to, 0, rows, inputs);
  }

  @Override
  void outer(int firstRow, int rows, Matrix to) {
    blas.multiply(gradients(firstRow, rows), false, inputs(firstRow, rows), true, to, false);
  }

  @Override
  void inputGram(int firstRow, int rows, Matrix to) {
    Matrix block = inputs(firstRow, rows);
    blas.multiply(block, true, block, false, to, false);
  }

  @Override
  void gradientGram(int firstRow, int rows, Matrix to) {
    Matrix block = gradients(firstRow, rows);
    blas.multiply(block, true, block, false, to, false);
  }

  private Matrix inputs(int firstRow, int rows) {
    return new Matrix(left, margin + firstRow, inputs, rows, stride);
  }

  private Matrix gradients(int firstRow, int rows) {
    return new Matrix(right, margin + firstRow, outputs, rows, stride);
  }

  @Override
  public void close() {
    super.close();
    scratch.close();
  }
}
