package io.silenda.infer.simulate;

import java.util.List;

/** One tensor of several rows at once: element by element, each with one number a row. */
final class Block {
  private final double[][] elements;

  private Block(double[][] elements) {
    this.elements = elements;
  }

  static Block zeros(int size, int rows) {
    return new Block(new double[size][rows]);
  }

  static Block of(List<double[]> rows) {
    Block block = zeros(rows.get(0).length, rows.size());
    for (int row = 0; row < rows.size(); row++) {
      for (int i = 0; i < block.elements.length; i++) {
        block.elements[i][row] = rows.get(row)[i];
      }
    }
    return block;
  }

  int size() {
    return elements.length;
  }

  int rows() {
    return elements[0].length;
  }

  /** The numbers of element {@code index}, one a row; shared. */
  double[] element(int index) {
    return elements[index];
  }

  double[] row(int row) {
    double[] values = new double[elements.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = elements[i][row];
    }
    return values;
  }

  Block copy() {
    double[][] copy = new double[elements.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = elements[i].clone();
    }
    return new Block(copy);
  }

  double maxAbs() {
    double largest = 0;
    for (double[] element : elements) {
      for (double value : element) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest;
  }

  /** The largest sum of magnitudes of a row. */
  double maxRowSum() {
    double largest = 0;
    for (int row = 0; row < rows(); row++) {
      double sum = 0;
      for (double[] element : elements) {
        sum += Math.abs(element[row]);
      }
      largest = Math.max(largest, sum);
    }
    return largest;
  }
}
