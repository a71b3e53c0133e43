package io.silenda.dp.mechanism;

/** Matrices written out, to compare streams with. */
final class Dense {
  private Dense() {}

  static double[][] encoder(ToeplitzStrategy strategy, int steps) {
    double[] coefficients = strategy.coefficients();
    double[][] matrix = new double[steps][steps];
    for (int t = 0; t < steps; t++) {
      for (int k = 0; k <= t && k < coefficients.length; k++) {
        matrix[t][t - k] = coefficients[k];
      }
    }
    return matrix;
  }

  /** By forward substitution, column by column. */
  static double[][] inverse(ToeplitzStrategy strategy, int steps) {
    double[][] encoder = encoder(strategy, steps);
    double[][] inverse = new double[steps][steps];
    for (int column = 0; column < steps; column++) {
      for (int t = column; t < steps; t++) {
        double rest = t == column ? 1 : 0;
        for (int i = column; i < t; i++) {
          rest -= encoder[t][i] * inverse[i][column];
        }
        inverse[t][column] = rest / encoder[t][t];
      }
    }
    return inverse;
  }

  /** Noise of a tree's prefix sums, as rows over the nodes; each step draws one node. */
  static double[][] tree(int steps) {
    double[][] matrix = new double[steps][steps];
    for (int t = 1; t <= steps; t++) {
      prefix(matrix[t - 1], t, 1);
      prefix(matrix[t - 1], t - 1, -1);
    }
    return matrix;
  }

  /** The node that ends at step t has as many steps as the lowest bit of t is worth. */
  private static void prefix(double[] row, int end, int sign) {
    for (int t = end; t > 0; t -= Integer.lowestOneBit(t)) {
      row[t - 1] += sign;
    }
  }

  static double[][] product(double[][] a, double[][] b) {
    double[][] product = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b[0].length; j++) {
        for (int k = 0; k < b.length; k++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }

  /** Frobenius norm of the matrix times vectors, each with a number for every column. */
  static double norm(double[][] matrix, double[]... vectors) {
    double sum = 0;
    for (double[] vector : vectors) {
      for (double[] row : matrix) {
        double value = 0;
        for (int i = 0; i < row.length; i++) {
          value += row[i] * vector[i];
        }
        sum += value * value;
      }
    }
    return Math.sqrt(sum);
  }
}
