package io.silenda.dp.engine;

/** A layer at work between two tensors. Each row is computed from the same row alone. */
abstract class Node implements AutoCloseable {
  final Tensor in;
  final Tensor out;

  Node(Tensor in, Tensor out) {
    this.in = in;
    this.out = out;
  }

  /** Computes {@code out.values} from {@code in.values}. */
  abstract void forward(int rows);

  /**
   * Computes {@code in.gradients} from {@code out.gradients}.
   *
   * @param wanted false where nobody reads the gradient of the input
   */
  abstract void backward(int rows, boolean wanted);

  @Override
  public void close() {}
}
