package io.silenda.dp.engine;

import io.silenda.dp.network.TensorShape;

/** Square windows over an image, channels last. */
final class Windows {
  final int kernel;
  final int channels;
  final int rowLength;
  private final int stride;
  private final int outHeight;
  private final int outWidth;

  Windows(int kernel, int stride, TensorShape shape) {
    this.kernel = kernel;
    this.stride = stride;
    channels = shape.size(0);
    rowLength = shape.size(2) * channels;
    outHeight = (shape.size(1) - kernel) / stride + 1;
    outWidth = (shape.size(2) - kernel) / stride + 1;
  }

  /** Calls {@code each} with the place of an output pixel and the first pixel of its window. */
  void forEach(int outBase, Window each) {
    int to = outBase;
    for (int y = 0; y < outHeight; y++) {
      for (int x = 0; x < outWidth; x++) {
        each.at(to, y * stride * rowLength + x * stride * channels);
        to += channels;
      }
    }
  }

  /** A window: first channel of its output, first channel of its corner in the image. */
  interface Window {
    void at(int to, int first);
  }
}
