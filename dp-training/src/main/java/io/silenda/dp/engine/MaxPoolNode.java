package io.silenda.dp.engine;

import io.silenda.dp.network.TensorShape;
import java.util.Arrays;

/** Largest number of every window; the first of equals takes the gradient. */
final class MaxPoolNode extends Node {
  private final Windows windows;
  private final int[] places;

  MaxPoolNode(Tensor in, Tensor out, int kernel, int stride, TensorShape shape, int mostRows) {
    super(in, out);
    windows = new Windows(kernel, stride, shape);
    places = new int[Math.multiplyExact(mostRows, out.size)];
  }

  @Override
  void forward(int rows) {
    for (int row = 0; row < rows; row++) {
      int base = row * in.size;
      windows.forEach(
          row * out.size,
          (to, first) -> {
            for (int c = 0; c < windows.channels; c++) {
              int place = largest(base + first + c);
              places[to + c] = place;
              out.values[to + c] = in.values[place];
            }
          });
    }
  }

  private int largest(int start) {
    int place = start;
    float best = in.values[start];
    for (int y = 0; y < windows.kernel; y++) {
      int at = start + y * windows.rowLength;
      for (int x = 0; x < windows.kernel; x++) {
        float value = in.values[at];
        if (value > best) {
          best = value;
          place = at;
        }
        at += windows.channels;
      }
    }
    return place;
  }

  @Override
  void backward(int rows, boolean wanted) {
    if (wanted) {
      Arrays.fill(in.gradients, 0, rows * in.size, 0);
      for (int i = 0; i < rows * out.size; i++) {
        in.gradients[places[i]] += out.gradients[i];
      }
    }
  }
}
