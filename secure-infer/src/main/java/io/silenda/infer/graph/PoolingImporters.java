package io.silenda.infer.graph;

import io.silenda.infer.graph.Value.Computed;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Averages and zero padding, all as convolutions of each channel by itself. */
final class PoolingImporters {
  private PoolingImporters() {}

  static Map<String, NodeImporter> all() {
    return Map.of(
        "AveragePool", PoolingImporters::averagePool,
        "GlobalAveragePool", node -> globalAverage(node, node.materialised(0)),
        "Pad", PoolingImporters::pad);
  }

  private static Value averagePool(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    Computed input = node.materialised(0);
    if (!node.attributes().has("kernel_shape")) {
      throw node.invalid("lacks kernel_shape");
    }
    boolean signal = input.shape().rank() == 2;
    int[] kernel = Window.sizes(node, "kernel_shape", signal, 1);
    Window window = Window.of(node, input.shape(), kernel);
    boolean ceiling = node.attributes().integer("ceil_mode", 0) != 0;
    boolean countsPadding = node.attributes().integer("count_include_pad", 0) != 0;
    if (ceiling || (window.isPadded() && !countsPadding)) {
      return AveragePooling.uneven(node, input, window, ceiling, countsPadding);
    }
    return depthwise(node, input, window, 1.0 / ((long) kernel[0] * kernel[1]));
  }

  private static Value depthwise(NodeContext node, Computed input, Window window, double weight)
      throws OnnxImportException {
    int channels = window.image().channels();
    ConvolutionGeometry geometry = window.geometry(node, channels, channels);
    node.builder().charge(geometry.weightCount());
    double[] weights = new double[geometry.weightCount()];
    Arrays.fill(weights, weight);
    return node.builder()
        .addLinear(
            node.name(),
            new Operator.Convolution(geometry, weights, new double[channels]),
            input,
            window.outputShape(geometry));
  }

  private static Value globalAverage(NodeContext node, Computed input)
      throws OnnxImportException, UnsupportedNodeException {
    Window.Image image = Window.Image.of(input.shape());
    int[] kernel = {image.height(), image.width()};
    boolean signal = input.shape().rank() == 2;
    int[] ones = {1, 1};
    Window window = new Window(image, signal, kernel, ones, ones, new int[4]);
    double weight = 1.0 / ((long) image.height() * image.width());
    return depthwise(node, input, window, weight);
  }

  /** Zero padding of pixels stays a convolution, in which the next one can be folded. */
  private static Value pad(NodeContext node) throws OnnxImportException, UnsupportedNodeException {
    Computed input = node.materialised(0);
    int rank = input.shape().rank();
    if (!node.attributes().string("mode", "constant").equals("constant")
        || node.hasInput(3)
        || (rank != 2 && rank != 3)) {
      return PaddingImporter.pad(node);
    }
    Optional<long[]> attribute = node.attributes().integers("pads");
    long[] pads = attribute.isPresent() ? attribute.get() : node.constant(1, "pads").toIntegers();
    boolean signal = rank == 2;
    if (!padsPixelsOnly(pads, rank + 1) || PaddingImporter.value(node) != 0) {
      return PaddingImporter.pad(node);
    }
    int[] ones = {1, 1};
    int[] sides =
        signal
            ? new int[] {0, (int) pads[2], 0, (int) pads[5]}
            : new int[] {(int) pads[2], (int) pads[3], (int) pads[6], (int) pads[7]};
    Window.Image image = Window.Image.of(input.shape());
    return depthwise(node, input, new Window(image, signal, ones, ones, ones, sides), 1);
  }

  private static boolean padsPixelsOnly(long[] pads, int rank) {
    return pads.length == 2 * rank
        && pads[0] == 0
        && pads[1] == 0
        && pads[rank] == 0
        && pads[rank + 1] == 0
        && Arrays.stream(pads).allMatch(pad -> pad >= 0 && pad <= TensorShape.MAX_ELEMENTS);
  }
}
