package io.silenda.infer.packing;

import java.util.Optional;

/**
 * Image layouts in which channels fill the gaps that striding leaves.
 *
 * <p>A strided convolution keeps each output pixel at the place of the input pixel that it starts
 * from, so that every output uses the same few rotations; the free pixels of each stride×stride
 * cell take other channels. This is the multiplexed packing of Lee et al. (ICML 2022) in the
 * single-shot form of Orion (ASPLOS 2025): no mask, hence no extra level.
 */
final class MultiplexedLayout {
  private MultiplexedLayout() {}

  /**
   * The layout of a channels×height×width tensor on the pixel grid of the network's input.
   *
   * @param maxPeriod the longest block allowed
   * @return empty where the tensor does not fit the grid or the block
   */
  static Optional<TensorLayout> of(ImageShape shape, ImageShape grid, int maxPeriod) {
    int gap = Math.min(grid.height() / shape.height(), grid.width() / shape.width());
    if (gap < 1) {
      return Optional.empty();
    }
    int perPlane = Math.min(shape.channels(), gap * gap);
    int planes = (shape.channels() + perPlane - 1) / perPlane;
    int planeSize = TensorLayout.powerOfTwoAtLeast(grid.height() * grid.width());
    long period = (long) planeSize * TensorLayout.powerOfTwoAtLeast(planes);
    if (period > maxPeriod) {
      return Optional.empty();
    }
    int cellWidth = Math.min(gap, (int) Math.ceil(Math.sqrt(perPlane)));
    if ((perPlane + cellWidth - 1) / cellWidth > gap) {
      return Optional.empty();
    }
    int[] positions = new int[shape.size()];
    for (int element = 0; element < positions.length; element++) {
      int x = element % shape.width();
      int y = element / shape.width() % shape.height();
      int channel = element / (shape.width() * shape.height());
      int inCell = channel % perPlane;
      int row = y * gap + inCell / cellWidth;
      int column = x * gap + inCell % cellWidth;
      positions[element] = channel / perPlane * planeSize + row * grid.width() + column;
    }
    return Optional.of(new TensorLayout((int) period, positions));
  }
}
