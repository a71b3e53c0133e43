package io.silenda.dp.network;

import java.util.Arrays;
import java.util.List;

/**
 * Values of all trained arrays of a network, in ONNX layouts. Immutable: arrays are copied in and
 * out.
 */
public final class Weights {
  private final List<ParameterSpec> parameters;
  private final float[] values;

  private Weights(List<ParameterSpec> parameters, float[] values) {
    this.parameters = parameters;
    this.values = values;
  }

  /**
   * Weights of a network from all numbers in the order of {@link NetworkSpec#parameters}.
   *
   * @throws IllegalArgumentException if the length is wrong
   */
  public static Weights of(NetworkSpec network, float[] values) {
    if (values.length != network.parameterCount()) {
      throw new IllegalArgumentException(
          "values has " + values.length + " numbers, not " + network.parameterCount());
    }
    return new Weights(network.parameters(), values.clone());
  }

  /** Names and shapes, in order. */
  public List<ParameterSpec> parameters() {
    return parameters;
  }

  /** One array, row by row. */
  public float[] get(String name) {
    int at = 0;
    for (ParameterSpec parameter : parameters) {
      int length = parameter.shape().elements();
      if (parameter.name().equals(name)) {
        return Arrays.copyOfRange(values, at, at + length);
      }
      at += length;
    }
    throw new IllegalArgumentException("no parameter is called " + name);
  }

  /** All arrays one behind the other. */
  public float[] values() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Weights weights
        && parameters.equals(weights.parameters)
        && Arrays.equals(values, weights.values);
  }

  @Override
  public int hashCode() {
    return 31 * parameters.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return parameters + " with " + values.length + " numbers";
  }
}
