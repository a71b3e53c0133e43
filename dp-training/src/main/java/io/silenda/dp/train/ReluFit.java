package io.silenda.dp.train;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;

/** Polynomials nearest to ReLU on an interval, in least squares. */
final class ReluFit {
  private ReluFit() {}

  /** Coefficients of the fit on [-bound, bound], ascending. */
  static float[] coefficients(int degree, double bound) {
    int n = degree + 1;
    double[][] gram = new double[n][n];
    double[] right = new double[n];
    for (int i = 0; i < n; i++) {
      // Integrals of x^(i+j) over [-1, 1], and of x^(i+1) over [0, 1].
      right[i] = 1.0 / (i + 2);
      for (int j = 0; j < n; j++) {
        gram[i][j] = (i + j) % 2 == 0 ? 2.0 / (i + j + 1) : 0;
      }
    }
    double[] unit =
        new LUDecomposition(new Array2DRowRealMatrix(gram))
            .getSolver()
            .solve(new ArrayRealVector(right))
            .toArray();
    float[] coefficients = new float[n];
    for (int i = 0; i < n; i++) {
      coefficients[i] = (float) (unit[i] * Math.pow(bound, 1 - i));
    }
    return coefficients;
  }
}
