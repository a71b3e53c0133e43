package io.silenda.infer;

/** Where and how a model is evaluated. */
public enum Mode {
  /** ONNX Runtime in the clear: the baseline. */
  PLAIN,
  /** A dry run of {@link #HE} in the clear, with noise and level book-keeping. */
  SIMULATE,
  /** Homomorphic encryption: the server computes on ciphertexts. */
  HE,
  /** ONNX Runtime in a measured worker, behind a channel that ends only there. */
  ENCLAVE
}
