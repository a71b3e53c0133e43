package io.silenda.dp.engine;

/**
 * Normalises parts of a row to mean 0 and variance 1, then scales and shifts each channel. A part
 * is a block of positions by a block of channels: all positions and one group of channels (group
 * norm), or one position and all channels (layer norm).
 */
final class NormNode extends SmallNode {
  private final int channels;
  private final int positionBlock;
  private final int channelBlock;
  private final float epsilon;

  /**
   * @param positionBlock positions of a part
   * @param channelBlock channels of a part
   */
  NormNode(
      Tensor in,
      Tensor out,
      Batch batch,
      int offset,
      int channels,
      int positionBlock,
      int channelBlock,
      float epsilon) {
    super(in, out, batch, offset, 2 * channels);
    this.channels = channels;
    this.positionBlock = positionBlock;
    this.channelBlock = channelBlock;
    this.epsilon = epsilon;
  }

  @Override
  void forward(int rows) {
    parts(
        rows,
        (row, at, channel) -> {
          double mean = mean(at);
          double scale = 1 / Math.sqrt(variance(at, mean) + epsilon);
          each(
              at,
              (i, c) -> {
                double normal = (in.values[i] - mean) * scale;
                int k = channel + c;
                out.values[i] = (float) (normal * parameters[k] + parameters[channels + k]);
              });
        });
  }

  @Override
  void backward(int rows, boolean wanted) {
    gradients.clear();
    parts(rows, this::backward);
  }

  private void backward(int row, int at, int channel) {
    double mean = mean(at);
    double scale = 1 / Math.sqrt(variance(at, mean) + epsilon);
    double[] sums = new double[2];
    each(
        at,
        (i, c) -> {
          double normal = (in.values[i] - mean) * scale;
          double above = (double) out.gradients[i] * parameters[channel + c];
          gradients.add(row, channel + c, out.gradients[i] * normal);
          gradients.add(row, channels + channel + c, out.gradients[i]);
          sums[0] += above;
          sums[1] += above * normal;
        });
    double count = (double) positionBlock * channelBlock;
    each(
        at,
        (i, c) -> {
          double normal = (in.values[i] - mean) * scale;
          double above = (double) out.gradients[i] * parameters[channel + c];
          in.gradients[i] = (float) (scale * (above - (sums[0] + normal * sums[1]) / count));
        });
  }

  private double mean(int at) {
    double[] sum = {0};
    each(at, (i, c) -> sum[0] += in.values[i]);
    return sum[0] / ((double) positionBlock * channelBlock);
  }

  private double variance(int at, double mean) {
    double[] sum = {0};
    each(at, (i, c) -> sum[0] += (in.values[i] - mean) * (in.values[i] - mean));
    return sum[0] / ((double) positionBlock * channelBlock);
  }

  private void parts(int rows, Part part) {
    for (int row = 0; row < rows; row++) {
      for (int first = 0; first < in.size; first += positionBlock * channels) {
        for (int channel = 0; channel < channels; channel += channelBlock) {
          part.at(row, row * in.size + first + channel, channel);
        }
      }
    }
  }

  private void each(int at, Element element) {
    for (int p = 0; p < positionBlock; p++) {
      for (int c = 0; c < channelBlock; c++) {
        element.at(at + p * channels + c, c);
      }
    }
  }

  private interface Part {
    void at(int row, int place, int channel);
  }

  private interface Element {
    void at(int place, int channel);
  }
}
