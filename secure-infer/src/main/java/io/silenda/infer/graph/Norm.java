package io.silenda.infer.graph;

/** By what an {@code ai.onnx.ml} {@code Normalizer} divides a row. */
public enum Norm {
  /** The largest element. */
  MAX,
  /** The sum of magnitudes. */
  L1,
  /** The Euclidean norm. */
  L2
}
