package io.silenda.dp.engine;

import io.silenda.dp.network.TensorShape;

/** From channels last to ONNX' order, channels first. */
final class FlattenNode extends Node {
  private final int positions;
  private final int channels;

  FlattenNode(Tensor in, Tensor out, TensorShape shape) {
    super(in, out);
    positions = shape.isImage() ? shape.positions() : shape.elements();
    channels = shape.isImage() ? shape.channels() : 1;
  }

  @Override
  void forward(int rows) {
    turn(in.values, channels, out.values, positions, rows);
  }

  @Override
  void backward(int rows, boolean wanted) {
    if (wanted) {
      turn(out.gradients, positions, in.gradients, channels, rows);
    }
  }

  /** Each row from [height, width] to [width, height]. */
  private static void turn(float[] from, int width, float[] to, int height, int rows) {
    int size = width * height;
    for (int row = 0; row < rows; row++) {
      Transposition.restore(from, row * size, width, to, row * size, width, height);
    }
  }
}
