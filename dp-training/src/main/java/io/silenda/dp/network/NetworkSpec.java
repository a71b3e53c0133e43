package io.silenda.dp.network;

import java.util.List;
import java.util.Optional;

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

  /** Fixed features in front. */
  public Optional<LayerSpec.Scattering> features() {
    return layers.get(0) instanceof LayerSpec.Scattering scattering
        ? Optional.of(scattering)
        : Optional.empty();
  }

  /**
   * What is left to train behind fixed features: without them, and without a flattening right
   * behind them, as features come in its order. Trained arrays are the same, in the same order.
   */
  public NetworkSpec behindFeatures() {
    if (features().isEmpty()) {
      return this;
    }
    int front = layers.get(1) instanceof LayerSpec.Flatten ? 2 : 1;
    return new NetworkSpec(
        Shapes.through(layers.subList(0, front), input), layers.subList(front, layers.size()));
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
