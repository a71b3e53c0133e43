package io.silenda.dp.engine;

/** A layer that adds to a record's loss. Its backward pass adds the gradient. */
interface Penalty {
  /** What the layer adds to the loss of a row, after forward. */
  double penalty(int row);
}
