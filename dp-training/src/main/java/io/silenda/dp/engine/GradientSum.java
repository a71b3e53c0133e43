package io.silenda.dp.engine;

/** Takes sums of gradients, for a range of the vector of all parameters at a time. */
public interface GradientSum {
  /** Adds {@code count} numbers to the parameters from {@code at} on. */
  void add(int at, float[] values, int count);

  /** Adds {@code count} numbers to the parameters from {@code at} on. */
  void add(int at, double[] values, int count);
}
