package io.silenda.dp.engine;

import java.util.Arrays;

/** Rows of a table. An example's gradient has one row for each different token of it. */
final class EmbeddingNode extends Node implements Trained {
  private final Batch batch;
  private final int offset;
  private final int vocabulary;
  private final int dimension;
  private final float[] table;
  private final double[] total;

  EmbeddingNode(Tensor in, Tensor out, Batch batch, int offset, int vocabulary, int dimension) {
    super(in, out);
    this.batch = batch;
    this.offset = offset;
    this.vocabulary = vocabulary;
    this.dimension = dimension;
    table = new float[Math.multiplyExact(vocabulary, dimension)];
    total = new double[table.length];
  }

  private int token(int place) {
    float value = in.values[place];
    return value >= 0 && value < vocabulary ? (int) value : 0;
  }

  @Override
  void forward(int rows) {
    for (int i = 0; i < rows * in.size; i++) {
      System.arraycopy(table, token(i) * dimension, out.values, i * dimension, dimension);
    }
  }

  @Override
  void backward(int rows, boolean wanted) {
    Arrays.fill(in.gradients, 0, wanted ? rows * in.size : 0, 0);
  }

  @Override
  public int offset() {
    return offset;
  }

  @Override
  public int count() {
    return table.length;
  }

  @Override
  public void load(float[] parameters) {
    System.arraycopy(parameters, offset, table, 0, table.length);
  }

  /** In the table of zeros, which is zero again afterwards. */
  @Override
  public void norms(GradientNorms norms) {
    for (int i = 0; i < batch.examples(); i++) {
      add(i, 1);
      double squared = 0;
      for (int place = first(i); place < first(i + 1); place++) {
        int row = token(place) * dimension;
        for (int j = row; j < row + dimension; j++) {
          squared += total[j] * total[j];
          total[j] = 0;
        }
      }
      norms.squared[i] += squared < LinearGradients.LARGEST_SQUARE ? squared : Double.NaN;
    }
  }

  private int first(int example) {
    return example * batch.views * in.size;
  }

  private void add(int example, float factor) {
    for (int place = first(example); place < first(example + 1); place++) {
      int row = token(place) * dimension;
      for (int j = 0; j < dimension; j++) {
        total[row + j] += (double) factor * out.gradients[place * dimension + j];
      }
    }
  }

  @Override
  public void sum(float[] factors, GradientSum sum) {
    for (int i = 0; i < batch.examples(); i++) {
      if (factors[i] != 0) {
        add(i, factors[i]);
      }
    }
    sum.add(offset, total, total.length);
    Arrays.fill(total, 0);
  }

  @Override
  public void sumUnclipped(GradientSum sum) {
    float[] ones = new float[batch.examples()];
    Arrays.fill(ones, 1);
    sum(ones, sum);
  }

  @Override
  public SumError error() {
    return SumError.NEGLIGIBLE;
  }
}
