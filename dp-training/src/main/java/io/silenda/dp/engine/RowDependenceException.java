package io.silenda.dp.engine;

/** Products of this library on this machine do not keep records apart to the last bit. */
public final class RowDependenceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RowDependenceException(String message) {
    super(message);
  }
}
