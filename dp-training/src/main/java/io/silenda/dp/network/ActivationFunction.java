package io.silenda.dp.network;

/** Functions of single numbers without parameters. */
public enum ActivationFunction {
  /** x². */
  SQUARE,
  /** max(0, x). */
  RELU,
  /** Hyperbolic tangent. */
  TANH,
  /** 1 / (1 + exp(-x)). */
  SIGMOID,
  /** x sigmoid(x). */
  SILU,
  /** x Φ(x) by the error function: ONNX Gelu with approximate=none. */
  GELU
}
