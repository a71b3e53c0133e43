package io.silenda.infer;

/** Where and how a model is evaluated. */
public enum Mode {
  /** ONNX Runtime in the clear: the baseline. */
  PLAIN,
  /** Homomorphic encryption: the server computes on ciphertexts. */
  HE
}
