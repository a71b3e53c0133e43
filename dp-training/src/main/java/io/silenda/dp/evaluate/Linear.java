package io.silenda.dp.evaluate;

import io.silenda.dp.network.LayerSpec.Convolution2d;
import io.silenda.dp.network.LayerSpec.Embedding;
import io.silenda.dp.network.TensorShape;

/** Layers with a weight matrix. */
final class Linear {
  private Linear() {}

  /** Every position's {@code inputs} numbers become as many as there are biases. */
  static float[] dense(float[] x, int inputs, float[] weight, float[] bias) {
    int units = bias.length;
    float[] y = new float[x.length / inputs * units];
    for (int row = 0; row < x.length / inputs; row++) {
      for (int unit = 0; unit < units; unit++) {
        float sum = bias[unit];
        for (int i = 0; i < inputs; i++) {
          sum += weight[unit * inputs + i] * x[row * inputs + i];
        }
        y[row * units + unit] = sum;
      }
    }
    return y;
  }

  static float[] convolution(
      Convolution2d c, TensorShape in, float[] x, float[] weight, float[] bias) {
    TensorShape out = c.outputShape(in);
    float[] y = new float[out.elements()];
    int at = 0;
    for (int channel = 0; channel < out.size(0); channel++) {
      for (int row = 0; row < out.size(1); row++) {
        for (int column = 0; column < out.size(2); column++) {
          int top = row * c.strideHeight() - c.padHeight();
          int left = column * c.strideWidth() - c.padWidth();
          y[at++] = bias[channel] + window(c, in, x, weight, channel, top, left);
        }
      }
    }
    return y;
  }

  private static float window(
      Convolution2d c, TensorShape in, float[] x, float[] weight, int channel, int top, int left) {
    int height = in.size(1);
    int width = in.size(2);
    float sum = 0;
    int w = channel * in.size(0) * c.kernelHeight() * c.kernelWidth();
    for (int input = 0; input < in.size(0); input++) {
      for (int i = 0; i < c.kernelHeight(); i++) {
        for (int j = 0; j < c.kernelWidth(); j++, w++) {
          int row = top + i;
          int column = left + j;
          if (row >= 0 && row < height && column >= 0 && column < width) {
            sum += weight[w] * x[(input * height + row) * width + column];
          }
        }
      }
    }
    return sum;
  }

  /** Numbers outside the vocabulary stand for row 0. */
  static float[] embedding(Embedding embedding, float[] x, float[] weight) {
    int dimension = embedding.dimension();
    float[] y = new float[x.length * dimension];
    for (int i = 0; i < x.length; i++) {
      int row = x[i] >= 0 && x[i] < embedding.vocabulary() ? (int) x[i] : 0;
      System.arraycopy(weight, row * dimension, y, i * dimension, dimension);
    }
    return y;
  }
}
