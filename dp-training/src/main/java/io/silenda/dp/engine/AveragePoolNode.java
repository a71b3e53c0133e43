package io.silenda.dp.engine;

import io.silenda.dp.network.TensorShape;
import java.util.Arrays;

/** Mean of every window. */
final class AveragePoolNode extends Node {
  private final Windows windows;
  private final float share;

  AveragePoolNode(Tensor in, Tensor out, int kernel, int stride, TensorShape shape) {
    super(in, out);
    windows = new Windows(kernel, stride, shape);
    share = 1f / (kernel * kernel);
  }

  @Override
  void forward(int rows) {
    Arrays.fill(out.values, 0, rows * out.size, 0);
    walk(rows, (to, from) -> out.values[to] += in.values[from] * share);
  }

  @Override
  void backward(int rows, boolean wanted) {
    if (wanted) {
      Arrays.fill(in.gradients, 0, rows * in.size, 0);
      walk(rows, (to, from) -> in.gradients[from] += out.gradients[to] * share);
    }
  }

  private void walk(int rows, Pair pair) {
    for (int row = 0; row < rows; row++) {
      int base = row * in.size;
      windows.forEach(row * out.size, (to, first) -> window(to, base + first, pair));
    }
  }

  private void window(int to, int first, Pair pair) {
    for (int y = 0; y < windows.kernel; y++) {
      for (int x = 0; x < windows.kernel; x++) {
        int from = first + y * windows.rowLength + x * windows.channels;
        for (int c = 0; c < windows.channels; c++) {
          pair.at(to + c, from + c);
        }
      }
    }
  }

  private interface Pair {
    void at(int to, int from);
  }
}
