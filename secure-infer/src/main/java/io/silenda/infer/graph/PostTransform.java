package io.silenda.infer.graph;

/** What an {@code ai.onnx.ml} {@code LinearClassifier} does to its scores. */
public enum PostTransform {
  /** Scores as they are. */
  NONE,
  /** Sigmoid of each score. */
  LOGISTIC,
  /** Softmax over the scores of a row. */
  SOFTMAX
}
