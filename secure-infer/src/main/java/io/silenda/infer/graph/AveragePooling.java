package io.silenda.infer.graph;

import io.silenda.infer.graph.Value.Computed;

/** Averages whose windows have different numbers of pixels, so that they are no convolution. */
final class AveragePooling {
  private final Window window;
  private final boolean countsPadding;
  private final int outHeight;
  private final int outWidth;

  private AveragePooling(Window window, boolean ceiling, boolean countsPadding, NodeContext node)
      throws OnnxImportException {
    this.window = window;
    this.countsPadding = countsPadding;
    this.outHeight = window.pooledSize(node, 0, ceiling);
    this.outWidth = window.pooledSize(node, 1, ceiling);
  }

  /** Adds a pool with padding that does not count, or with windows past the edge. */
  static Value uneven(
      NodeContext node, Computed input, Window window, boolean ceiling, boolean countsPadding)
      throws OnnxImportException {
    AveragePooling pool = new AveragePooling(window, ceiling, countsPadding, node);
    int channels = window.image().channels();
    TensorShape shape =
        window.signal()
            ? TensorShape.of(channels, pool.outWidth)
            : TensorShape.of(channels, pool.outHeight, pool.outWidth);
    int rows = shape.elementCount();
    node.builder().charge((long) rows * window.kernel()[0] * window.kernel()[1]);
    CompressedRows.Builder weights = new CompressedRows.Builder(rows, input.shape().elementCount());
    for (int row = 0; row < rows; row++) {
      pool.addRow(weights, row);
    }
    SparseAffine average = new SparseAffine(weights.build(), new double[rows]);
    return node.builder().addLinear(node.name(), average, input, shape);
  }

  private void addRow(CompressedRows.Builder weights, int row) {
    Window.Image image = window.image();
    int channel = row / (outHeight * outWidth);
    int top = row / outWidth % outHeight * window.stride()[0] - window.pads()[0];
    int left = row % outWidth * window.stride()[1] - window.pads()[1];
    double weight =
        1.0 / ((long) counted(top, 0, image.height()) * counted(left, 1, image.width()));
    for (int y = 0; y < window.kernel()[0]; y++) {
      int pixelY = top + y * window.dilation()[0];
      for (int x = 0; x < window.kernel()[1]; x++) {
        int pixelX = left + x * window.dilation()[1];
        if (pixelY >= 0 && pixelY < image.height() && pixelX >= 0 && pixelX < image.width()) {
          weights.add(row, (channel * image.height() + pixelY) * image.width() + pixelX, weight);
        }
      }
    }
  }

  /** Window pixels along one axis that divide the sum; never those past the padding. */
  private int counted(int start, int axis, int size) {
    int before = countsPadding ? -window.pads()[axis] : 0;
    int end = countsPadding ? size + window.pads()[axis + 2] : size;
    int count = 0;
    for (int at = 0; at < window.kernel()[axis]; at++) {
      int pixel = start + at * window.dilation()[axis];
      count += pixel >= before && pixel < end ? 1 : 0;
    }
    return Math.max(1, count);
  }
}
