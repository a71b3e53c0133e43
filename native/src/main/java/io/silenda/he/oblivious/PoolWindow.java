package io.silenda.he.oblivious;

/**
 * Sizes of two-dimensional max pooling over channels, as ONNX {@code MaxPool} without dilation; all
 * of them are public.
 *
 * @param channels planes, one behind the other
 * @param height rows of a plane
 * @param width columns of a plane
 * @param kernelHeight rows of the window
 * @param kernelWidth columns of the window
 * @param strideHeight rows from window to window
 * @param strideWidth columns from window to window
 * @param padTop rows of padding above, fewer than the window has
 * @param padLeft columns of padding on the left
 * @param padBottom rows of padding below
 * @param padRight columns of padding on the right
 */
public record PoolWindow(
    int channels,
    int height,
    int width,
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int padTop,
    int padLeft,
    int padBottom,
    int padRight) {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if a size is out of range or a window could lie in padding
   */
  public PoolWindow {
    requireRange("channels", channels, 1, Integer.MAX_VALUE);
    requireRange("height", height, 1, Integer.MAX_VALUE);
    requireRange("width", width, 1, Integer.MAX_VALUE);
    requireRange("strideHeight", strideHeight, 1, Integer.MAX_VALUE);
    requireRange("strideWidth", strideWidth, 1, Integer.MAX_VALUE);
    requireRange("kernelHeight", kernelHeight, 1, height);
    requireRange("kernelWidth", kernelWidth, 1, width);
    requireRange("padTop", padTop, 0, kernelHeight - 1);
    requireRange("padLeft", padLeft, 0, kernelWidth - 1);
    requireRange("padBottom", padBottom, 0, kernelHeight - 1);
    requireRange("padRight", padRight, 0, kernelWidth - 1);
    Math.multiplyExact(Math.multiplyExact(height, width), channels);
  }

  /** A window of {@code size} by {@code size} that moves by its own size, without padding. */
  public static PoolWindow square(int channels, int height, int width, int size) {
    return new PoolWindow(channels, height, width, size, size, size, size, 0, 0, 0, 0);
  }

  /** Rows of an output plane. */
  public int outHeight() {
    return (int) (((long) height + padTop + padBottom - kernelHeight) / strideHeight) + 1;
  }

  /** Columns of an output plane. */
  public int outWidth() {
    return (int) (((long) width + padLeft + padRight - kernelWidth) / strideWidth) + 1;
  }

  int inputCount() {
    return channels * height * width;
  }

  int outputCount() {
    return Math.multiplyExact(Math.multiplyExact(outHeight(), outWidth()), channels);
  }

  int[] sizes() {
    return new int[] {
      channels,
      height,
      width,
      kernelHeight,
      kernelWidth,
      strideHeight,
      strideWidth,
      padTop,
      padLeft,
      outHeight(),
      outWidth()
    };
  }

  private static void requireRange(String name, int value, int minimum, int maximum) {
    if (value < minimum || value > maximum) {
      throw new IllegalArgumentException(
          name + " is " + value + ", must be in [" + minimum + ", " + maximum + "]");
    }
  }
}
