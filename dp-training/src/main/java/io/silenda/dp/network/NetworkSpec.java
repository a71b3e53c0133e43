package io.silenda.dp.network;

import java.util.List;

/**
 * A chain of layers behind an input of fixed shape. Immutable; a network that exists has shapes
 * that fit.
 *
 * @param input shape of one record
 * @param layers in order
 */
public record NetworkSpec(TensorShape input, List<LayerSpec> layers) {
  /**
   * Copies the list and infers all shapes.
   *
   * @throws IllegalArgumentException naming the first layer that does not fit what is before it
   */
  public NetworkSpec {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("layers must not be empty");
    }
    Shapes.through(layers, input);
    if (Parameters.chain(layers, input).isEmpty()) {
      throw new IllegalArgumentException("layers must have something to train");
    }
  }

  /** A network of these layers. */
  public static NetworkSpec of(TensorShape input, LayerSpec... layers) {
    return new NetworkSpec(input, List.of(layers));
  }

  /** Shape of the answer to one record. */
  public TensorShape output() {
    return Shapes.through(layers, input);
  }

  /** All trained arrays, in the order of the layers. */
  public List<ParameterSpec> parameters() {
    return Parameters.chain(layers, input);
  }

  /** Number of trained numbers. */
  public int parameterCount() {
    return parameters().stream().mapToInt(p -> p.shape().elements()).reduce(0, Math::addExact);
  }
}
