package io.silenda.dp.ledger;

import io.silenda.dp.accounting.Adjacency;

/** Most that may be spent on a data set, for ever. */
public record Budget(double epsilon, double delta, Adjacency adjacency) {
  /** Checks the ranges. */
  public Budget {
    if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
      throw new IllegalArgumentException("epsilon " + epsilon + " is not a positive finite number");
    }
    if (!(delta > 0 && delta < 1)) {
      throw new IllegalArgumentException("delta " + delta + " is not in (0, 1)");
    }
  }
}
