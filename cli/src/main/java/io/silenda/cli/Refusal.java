package io.silenda.cli;

/** Something the command line will not do, with its one-line reason. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  Refusal(String message) {
    super(message);
  }
}
