package io.silenda.infer.approx;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;

/** Polynomials with the smallest weighted sum of squared errors, in the Chebyshev basis. */
final class LeastSquares {
  private LeastSquares() {}

  /**
   * The best polynomial of a degree on weighted points of [-1, 1].
   *
   * @param points more than {@code degree} points
   * @param weights for each point, a weight above zero
   * @return Chebyshev coefficients, constant first
   */
  static double[] fit(DoubleUnaryOperator function, int degree, double[] points, double[] weights) {
    if (points.length <= degree || weights.length != points.length) {
      throw new IllegalArgumentException(
          points.length + " points and " + weights.length + " weights for degree " + degree);
    }
    double[][] rows = new double[points.length][];
    double[] values = new double[points.length];
    for (int i = 0; i < points.length; i++) {
      double root = Math.sqrt(weights[i]);
      rows[i] = ChebyshevSeries.basisAt(degree, points[i]);
      for (int k = 0; k <= degree; k++) {
        rows[i][k] *= root;
      }
      values[i] = root * function.applyAsDouble(points[i]);
    }
    return new QRDecomposition(new Array2DRowRealMatrix(rows, false))
        .getSolver()
        .solve(new ArrayRealVector(values, false))
        .toArray();
  }
}
