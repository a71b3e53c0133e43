package io.silenda.dp.engine;

/** Cuts every number to [-bound, bound]. */
final class ClipNode extends Node {
  private final float bound;

  ClipNode(Tensor in, Tensor out, float bound) {
    super(in, out);
    this.bound = bound;
  }

  @Override
  void forward(int rows) {
    for (int i = 0; i < rows * in.size; i++) {
      out.values[i] = Math.max(-bound, Math.min(bound, in.values[i]));
    }
  }

  @Override
  void backward(int rows, boolean wanted) {
    for (int i = 0; wanted && i < rows * in.size; i++) {
      in.gradients[i] = Math.abs(in.values[i]) <= bound ? out.gradients[i] : 0;
    }
  }
}
