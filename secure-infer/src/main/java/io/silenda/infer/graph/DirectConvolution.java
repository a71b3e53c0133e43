package io.silenda.infer.graph;

/** A convolution evaluated by its definition. */
final class DirectConvolution {
  private final Operator.Convolution convolution;
  private final ConvolutionGeometry geometry;

  DirectConvolution(Operator.Convolution convolution) {
    this.convolution = convolution;
    this.geometry = convolution.geometry();
  }

  double[] apply(double[] input) {
    if (input.length != geometry.inputSize()) {
      throw new IllegalArgumentException(
          "input has length " + input.length + ", must be " + geometry.inputSize());
    }
    double[] output = new double[geometry.outputSize()];
    int position = 0;
    for (int channel = 0; channel < geometry.outChannels(); channel++) {
      for (int row = 0; row < geometry.outHeight(); row++) {
        for (int column = 0; column < geometry.outWidth(); column++) {
          output[position++] = convolution.bias(channel) + pixel(input, channel, row, column);
        }
      }
    }
    return output;
  }

  private double pixel(double[] input, int outChannel, int outRow, int outColumn) {
    int perGroup = geometry.channelsPerGroup();
    int group = outChannel / (geometry.outChannels() / geometry.groups());
    int top = outRow * geometry.strideHeight() - geometry.padTop();
    int left = outColumn * geometry.strideWidth() - geometry.padLeft();
    double sum = 0;
    for (int channel = 0; channel < perGroup; channel++) {
      sum += window(input, outChannel, channel, group * perGroup + channel, top, left);
    }
    return sum;
  }

  private double window(
      double[] input, int outChannel, int groupChannel, int inChannel, int top, int left) {
    int kernelWidth = geometry.kernelWidth();
    int first = firstInside(left, geometry.dilationWidth());
    int end = Math.min(kernelWidth, endInside(left, geometry.dilationWidth(), geometry.inWidth()));
    int channel = outChannel * geometry.channelsPerGroup() + groupChannel;
    double sum = 0;
    for (int y = 0; y < geometry.kernelHeight(); y++) {
      int row = top + y * geometry.dilationHeight();
      if (row >= 0 && row < geometry.inHeight()) {
        int pixels = (inChannel * geometry.inHeight() + row) * geometry.inWidth() + left;
        int weights = (channel * geometry.kernelHeight() + y) * kernelWidth;
        for (int x = first; x < end; x++) {
          sum += convolution.weight(weights + x) * input[pixels + x * geometry.dilationWidth()];
        }
      }
    }
    return sum;
  }

  /** The first kernel position that does not lie before the image. */
  private static int firstInside(int start, int dilation) {
    return start >= 0 ? 0 : (-start + dilation - 1) / dilation;
  }

  /** Behind the last kernel position that does not lie behind the image. */
  private static int endInside(int start, int dilation, int size) {
    return start >= size ? 0 : (size - 1 - start) / dilation + 1;
  }

  /** Adds the transposed linear part of the convolution, applied to {@code from}, to {@code to}. */
  void addTransposed(double[] from, double[] to) {
    int perGroup = geometry.channelsPerGroup();
    int pixels = geometry.outHeight() * geometry.outWidth();
    for (int position = 0; position < from.length; position++) {
      if (from[position] != 0) {
        int outChannel = position / pixels;
        int group = outChannel / (geometry.outChannels() / geometry.groups());
        int row = position / geometry.outWidth() % geometry.outHeight();
        int column = position % geometry.outWidth();
        for (int channel = 0; channel < perGroup; channel++) {
          scatter(
              new int[] {outChannel, channel, group * perGroup + channel},
              row * geometry.strideHeight() - geometry.padTop(),
              column * geometry.strideWidth() - geometry.padLeft(),
              from[position],
              to);
        }
      }
    }
  }

  /** Channels are the output's, the group's and the input's. */
  private void scatter(int[] channels, int top, int left, double factor, double[] to) {
    for (int y = 0; y < geometry.kernelHeight(); y++) {
      int row = top + y * geometry.dilationHeight();
      for (int x = 0; x < geometry.kernelWidth(); x++) {
        int column = left + x * geometry.dilationWidth();
        if (row >= 0 && row < geometry.inHeight() && column >= 0 && column < geometry.inWidth()) {
          int pixel = (channels[2] * geometry.inHeight() + row) * geometry.inWidth() + column;
          to[pixel] += factor * convolution.weight(channels[0], channels[1], y, x);
        }
      }
    }
  }
}
