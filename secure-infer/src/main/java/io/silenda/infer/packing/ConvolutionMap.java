package io.silenda.infer.packing;

import io.silenda.infer.graph.ConvolutionGeometry;
import io.silenda.infer.graph.Operator.Convolution;

/**
 * A convolution as a sparse affine map from all input pixels to all output pixels (its Toeplitz
 * form). The client sends plain rows; nothing of the kernel shows in the request.
 */
final class ConvolutionMap {
  private final ConvolutionGeometry geometry;
  private final double[] weights;
  private final double[] biases;
  private final SparseMatrix.Builder matrix;
  private final double[] bias;

  private ConvolutionMap(Convolution convolution) {
    this.geometry = convolution.geometry();
    this.weights = convolution.weights();
    this.biases = convolution.bias();
    int outputs = geometry.outChannels() * geometry.outHeight() * geometry.outWidth();
    int inputs = geometry.inChannels() * geometry.inHeight() * geometry.inWidth();
    this.matrix = new SparseMatrix.Builder(outputs, inputs);
    this.bias = new double[outputs];
  }

  static AffineMap of(Convolution convolution) {
    ConvolutionMap map = new ConvolutionMap(convolution);
    int row = 0;
    for (int channel = 0; channel < map.geometry.outChannels(); channel++) {
      for (int y = 0; y < map.geometry.outHeight(); y++) {
        for (int x = 0; x < map.geometry.outWidth(); x++) {
          map.bias[row] = map.biases[channel];
          map.addRow(row++, channel, y, x);
        }
      }
    }
    return new AffineMap(map.matrix.build(), map.bias);
  }

  private void addRow(int row, int channel, int y, int x) {
    int channelsInGroup = geometry.inChannels() / geometry.groups();
    int group = channel / (geometry.outChannels() / geometry.groups());
    for (int c = 0; c < channelsInGroup; c++) {
      for (int ky = 0; ky < geometry.kernelHeight(); ky++) {
        int inY = y * geometry.strideHeight() - geometry.padTop() + ky * geometry.dilationHeight();
        for (int kx = 0; kx < geometry.kernelWidth(); kx++) {
          int inX = x * geometry.strideWidth() - geometry.padLeft() + kx * geometry.dilationWidth();
          if (inY >= 0 && inY < geometry.inHeight() && inX >= 0 && inX < geometry.inWidth()) {
            int inChannel = group * channelsInGroup + c;
            int column = (inChannel * geometry.inHeight() + inY) * geometry.inWidth() + inX;
            matrix.add(row, column, weight(channel, c, ky, kx));
          }
        }
      }
    }
  }

  private double weight(int channel, int c, int ky, int kx) {
    int channelsInGroup = geometry.inChannels() / geometry.groups();
    return weights[
        ((channel * channelsInGroup + c) * geometry.kernelHeight() + ky) * geometry.kernelWidth()
            + kx];
  }
}
