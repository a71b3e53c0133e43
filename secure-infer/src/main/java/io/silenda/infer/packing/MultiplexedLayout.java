package io.silenda.infer.packing;

import java.util.Optional;

/**
 * Image layouts in which channels fill the gaps that striding leaves.
 *
 * <p>A strided convolution keeps each output pixel at the place of the input pixel that it starts
 * from, so that every output uses the same few rotations; the free pixels of each stride×stride
 * cell take other channels. This is the multiplexed packing of Lee et al. (ICML 2022) in the
 * single-shot form of Orion (ASPLOS 2025): no mask, hence no extra level. Planes that do not fit
 * one ciphertext go on in the next.
 */
final class MultiplexedLayout {
  private MultiplexedLayout() {}

  /**
   * The layout of a channels×height×width tensor on the pixel grid of the network's input.
   *
   * @param laneSlots the longest block allowed
   * @return empty where the tensor does not fit the grid, or a plane not the block
   */
  static Optional<TensorLayout> of(ImageShape shape, ImageShape grid, int laneSlots) {
    int gapY = grid.height() / shape.height();
    int gapX = grid.width() / shape.width();
    int planeSize = TensorLayout.powerOfTwoAtLeast(grid.height() * grid.width());
    if (gapY < 1 || gapX < 1 || planeSize > laneSlots) {
      return Optional.empty();
    }
    int perPlane = Math.min(shape.channels(), gapY * gapX);
    int planes = (shape.channels() + perPlane - 1) / perPlane;
    int cellWidth = cellWidth(perPlane, gapY, gapX);
    int[] positions = new int[shape.size()];
    for (int element = 0; element < positions.length; element++) {
      int x = element % shape.width();
      int y = element / shape.width() % shape.height();
      int channel = element / (shape.width() * shape.height());
      int inCell = channel % perPlane;
      int row = y * gapY + inCell / cellWidth;
      int column = x * gapX + inCell % cellWidth;
      positions[element] = channel / perPlane * planeSize + row * grid.width() + column;
    }
    int length = planeSize * TensorLayout.powerOfTwoAtLeast(planes);
    return Optional.of(
        TensorLayout.of(positions, length <= laneSlots ? length : planeSize * planes, laneSlots));
  }

  /** Cells as square as the gaps allow. */
  private static int cellWidth(int perPlane, int gapY, int gapX) {
    int square = (int) Math.ceil(Math.sqrt(perPlane));
    int narrowest = (perPlane + gapY - 1) / gapY;
    return Math.min(gapX, Math.max(square, narrowest));
  }
}
