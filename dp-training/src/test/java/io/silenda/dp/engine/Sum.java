package io.silenda.dp.engine;

/** Adds up in doubles. */
record Sum(double[] total) implements GradientSum {
  Sum(int count) {
    this(new double[count]);
  }

  @Override
  public void add(int at, float[] values, int count) {
    for (int i = 0; i < count; i++) {
      total[at + i] += values[i];
    }
  }

  @Override
  public void add(int at, double[] values, int count) {
    for (int i = 0; i < count; i++) {
      total[at + i] += values[i];
    }
  }

  double norm() {
    double squared = 0;
    for (double value : total) {
      squared += value * value;
    }
    return Math.sqrt(squared);
  }

  double distance(Sum other) {
    double squared = 0;
    for (int i = 0; i < total.length; i++) {
      squared += (total[i] - other.total[i]) * (total[i] - other.total[i]);
    }
    return Math.sqrt(squared);
  }
}
