package io.silenda.infer.packing;

import io.silenda.infer.graph.Matrix;
import io.silenda.infer.graph.Operator.Dense;
import io.silenda.infer.graph.SparseAffine;

/** A dense layer, or any linear map, as a sparse affine map: exact zeros are dropped. */
final class DenseMap {
  private DenseMap() {}

  static AffineMap of(Dense dense) {
    Matrix weights = dense.weights();
    SparseMatrix.Builder matrix = new SparseMatrix.Builder(weights.rows(), weights.columns());
    for (int row = 0; row < weights.rows(); row++) {
      for (int column = 0; column < weights.columns(); column++) {
        matrix.add(row, column, weights.get(row, column));
      }
    }
    return new AffineMap(matrix.build(), dense.bias());
  }

  static AffineMap of(SparseAffine sparse) {
    SparseMatrix.Builder matrix =
        new SparseMatrix.Builder(sparse.weights().rows(), sparse.weights().columns());
    sparse.weights().forEach(matrix::add);
    return new AffineMap(matrix.build(), sparse.bias());
  }
}
