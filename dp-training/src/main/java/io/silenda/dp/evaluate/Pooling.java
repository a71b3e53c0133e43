package io.silenda.dp.evaluate;

import io.silenda.dp.network.TensorShape;

/** Windows over images. */
final class Pooling {
  private Pooling() {}

  static float[] pool(
      float[] x, TensorShape in, TensorShape out, int kernel, int stride, boolean largest) {
    float[] y = new float[out.elements()];
    int at = 0;
    for (int channel = 0; channel < out.size(0); channel++) {
      for (int row = 0; row < out.size(1); row++) {
        for (int column = 0; column < out.size(2); column++) {
          int corner = (channel * in.size(1) + row * stride) * in.size(2) + column * stride;
          y[at++] = window(x, corner, in.size(2), kernel, largest);
        }
      }
    }
    return y;
  }

  private static float window(float[] x, int corner, int width, int kernel, boolean largest) {
    float sum = 0;
    float most = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < kernel; i++) {
      for (int j = 0; j < kernel; j++) {
        float value = x[corner + i * width + j];
        sum += value;
        most = Math.max(most, value);
      }
    }
    return largest ? most : sum / (kernel * kernel);
  }
}
