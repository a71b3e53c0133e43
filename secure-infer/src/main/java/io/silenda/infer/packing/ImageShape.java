package io.silenda.infer.packing;

/**
 * The shape of an image tensor without the batch axis.
 *
 * @param channels number of channels
 * @param height rows of pixels
 * @param width pixels a row
 */
public record ImageShape(int channels, int height, int width) {
  /** Number of elements. */
  public int size() {
    return channels * height * width;
  }
}
