package io.silenda.infer.graph;

/**
 * Sizes of a two-dimensional convolution over images laid out channel, row, column.
 *
 * <p>Padding is zero. Padding below and to the right is implied by the output size: a kernel
 * position outside the image reads zero.
 *
 * @param inChannels channels of the input, a multiple of {@code groups}
 * @param inHeight rows of pixels of the input
 * @param inWidth pixels a row of the input
 * @param outChannels channels of the output, a multiple of {@code groups}
 * @param outHeight rows of pixels of the output
 * @param outWidth pixels a row of the output
 * @param kernelHeight kernel rows
 * @param kernelWidth kernel columns
 * @param strideHeight step between output rows, in input pixels
 * @param strideWidth step between output columns, in input pixels
 * @param padTop zero rows above the input
 * @param padLeft zero columns left of the input
 * @param dilationHeight step between kernel rows, in input pixels
 * @param dilationWidth step between kernel columns, in input pixels
 * @param groups number of independent groups of channels
 */
public record ConvolutionGeometry(
    int inChannels,
    int inHeight,
    int inWidth,
    int outChannels,
    int outHeight,
    int outWidth,
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int padTop,
    int padLeft,
    int dilationHeight,
    int dilationWidth,
    int groups) {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if a size is below 1, a padding negative, or the channels are
   *     no multiple of {@code groups}
   */
  public ConvolutionGeometry {
    requirePositive("input", inChannels, inHeight, inWidth);
    requirePositive("output", outChannels, outHeight, outWidth);
    requirePositive("kernel", kernelHeight, kernelWidth);
    requirePositive("stride", strideHeight, strideWidth);
    requirePositive("dilation", dilationHeight, dilationWidth);
    requirePositive("groups", groups);
    if (padTop < 0 || padLeft < 0) {
      throw new IllegalArgumentException(
          "padding is " + padTop + ", " + padLeft + ", must be at least 0");
    }
    if (inChannels % groups != 0 || outChannels % groups != 0) {
      throw new IllegalArgumentException(
          "channels " + inChannels + " -> " + outChannels + " are no multiple of groups " + groups);
    }
  }

  /** The geometry of a scale and shift that is constant over each channel. */
  static ConvolutionGeometry elementwise(int channels, int height, int width) {
    return new ConvolutionGeometry(
        channels, height, width, channels, height, width, 1, 1, 1, 1, 0, 0, 1, 1, channels);
  }

  /** Elements of one input row. */
  public int inputSize() {
    return inChannels * inHeight * inWidth;
  }

  /** Elements of one output row. */
  public int outputSize() {
    return outChannels * outHeight * outWidth;
  }

  /** Input channels that each output channel reads. */
  public int channelsPerGroup() {
    return inChannels / groups;
  }

  /** Number of weights: {@code outChannels * channelsPerGroup * kernelHeight * kernelWidth}. */
  public int weightCount() {
    return Math.multiplyExact(
        Math.multiplyExact(outChannels, channelsPerGroup()),
        Math.multiplyExact(kernelHeight, kernelWidth));
  }

  /** Whether each output element is a scaled and shifted copy of the same input element. */
  public boolean isElementwise() {
    return equals(elementwise(inChannels, inHeight, inWidth));
  }

  /** Whether some kernel position of some output pixel lies outside the image. */
  public boolean readsPadding() {
    return padTop > 0
        || padLeft > 0
        || lastRead(outHeight, strideHeight, kernelHeight, dilationHeight) >= inHeight
        || lastRead(outWidth, strideWidth, kernelWidth, dilationWidth) >= inWidth;
  }

  private static long lastRead(int out, int stride, int kernel, int dilation) {
    return (out - 1L) * stride + (kernel - 1L) * dilation;
  }

  private static void requirePositive(String name, int... sizes) {
    for (int size : sizes) {
      if (size < 1) {
        throw new IllegalArgumentException(name + " size is " + size + ", must be at least 1");
      }
    }
  }
}
