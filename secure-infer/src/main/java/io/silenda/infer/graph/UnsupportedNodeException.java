package io.silenda.infer.graph;

/** A node that cannot run on encrypted data; the message is a hint at what can. */
final class UnsupportedNodeException extends Exception {
  private static final long serialVersionUID = 1L;

  UnsupportedNodeException(String hint) {
    super(hint);
  }
}
