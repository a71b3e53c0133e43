package io.silenda.dp.network;

/**
 * A trained array.
 *
 * @param name unique in the network: place of the layer and role, as {@code 0.weight} or {@code
 *     3.1.bias} for layer 1 in the body of layer 3
 * @param shape as ONNX wants it
 */
public record ParameterSpec(String name, ArrayShape shape) {
  ParameterSpec under(int layer) {
    return new ParameterSpec(layer + "." + name, shape);
  }
}
