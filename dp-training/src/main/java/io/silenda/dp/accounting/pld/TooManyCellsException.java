package io.silenda.dp.accounting.pld;

/** A discretisation would take more memory than is granted; a wider grid helps. */
public final class TooManyCellsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManyCellsException(double cells) {
    super("privacy loss needs " + cells + " cells, at most " + LossCells.LARGEST + " are allowed");
  }
}
