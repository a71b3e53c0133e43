package io.silenda.infer.graph;

import io.silenda.infer.graph.Value.Computed;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** Averages and zero padding, all as convolutions of each channel by itself. */
final class PoolingImporters {
  private PoolingImporters() {}

  static Map<String, NodeImporter> all() {
    return Map.of(
        "AveragePool", PoolingImporters::averagePool,
        "GlobalAveragePool", node -> globalAverage(node, node.materialised(0), true),
        "ReduceMean", PoolingImporters::reduceMean,
        "Pad", PoolingImporters::pad);
  }

  private static Value averagePool(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    Computed input = node.materialised(0);
    if (node.attributes().integer("ceil_mode", 0) != 0) {
      throw new UnsupportedNodeException("ceil_mode must be 0");
    }
    if (!node.attributes().has("kernel_shape")) {
      throw node.invalid("lacks kernel_shape");
    }
    boolean signal = input.shape().rank() == 2;
    int[] kernel = Window.sizes(node, "kernel_shape", signal, 1);
    Window window = Window.of(node, input.shape(), kernel);
    if (window.isPadded() && node.attributes().integer("count_include_pad", 0) == 0) {
      throw new UnsupportedNodeException("with padding, count_include_pad must be 1");
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

  private static Value globalAverage(NodeContext node, Computed input, boolean keepAxes)
      throws OnnxImportException, UnsupportedNodeException {
    Window.Image image = Window.Image.of(input.shape());
    int[] kernel = {image.height(), image.width()};
    boolean signal = input.shape().rank() == 2;
    int[] ones = {1, 1};
    Window window = new Window(image, signal, kernel, ones, ones, new int[4]);
    double weight = 1.0 / ((long) image.height() * image.width());
    Value average = depthwise(node, input, window, weight);
    return keepAxes || !(average instanceof Computed computed)
        ? average
        : computed.withShape(TensorShape.of(image.channels()));
  }

  private static Value reduceMean(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    Computed input = node.materialised(0);
    int rank = input.shape().rank() + 1;
    Optional<long[]> axes = node.attributes().integers("axes");
    if (axes.isEmpty()) {
      axes = node.optionalConstant(1, "axes").map(ConstantTensor::toIntegers);
    }
    long[] wanted = LongStream.range(2, rank).toArray();
    long[] given =
        Arrays.stream(axes.orElse(new long[0]))
            .map(axis -> axis < 0 ? axis + rank : axis)
            .sorted()
            .toArray();
    if (rank < 3 || !Arrays.equals(given, wanted)) {
      throw new UnsupportedNodeException("only the mean over all pixels of a channel is supported");
    }
    return globalAverage(node, input, node.attributes().integer("keepdims", 1) != 0);
  }

  private static Value pad(NodeContext node) throws OnnxImportException, UnsupportedNodeException {
    Computed input = node.materialised(0);
    if (!node.attributes().string("mode", "constant").equals("constant") || node.hasInput(3)) {
      throw new UnsupportedNodeException("only constant padding of the pixels is supported");
    }
    double value = node.attributes().real("value", 0);
    Optional<ConstantTensor> given = node.optionalConstant(2, "the padding value");
    if (given.isPresent() && given.get().size() == 1) {
      value = given.get().real(0);
    }
    if (value != 0) {
      throw new UnsupportedNodeException("padding must be zero");
    }
    Window.Image image = Window.Image.of(input.shape());
    int[] ones = {1, 1};
    boolean signal = input.shape().rank() == 2;
    Window window = new Window(image, signal, ones, ones, ones, pads(node, signal));
    return depthwise(node, input, window, 1);
  }

  /** Pads as top, left, bottom, right; none on the batch axis or on channels. */
  private static int[] pads(NodeContext node, boolean signal)
      throws OnnxImportException, UnsupportedNodeException {
    Optional<long[]> attribute = node.attributes().integers("pads");
    long[] pads = attribute.isPresent() ? attribute.get() : node.constant(1, "pads").toIntegers();
    int rank = signal ? 3 : 4;
    if (pads.length != 2 * rank) {
      throw node.invalid("has pads " + Arrays.toString(pads));
    }
    if (pads[0] != 0 || pads[1] != 0 || pads[rank] != 0 || pads[rank + 1] != 0) {
      throw new UnsupportedNodeException("only pixels can be padded");
    }
    if (Arrays.stream(pads).anyMatch(pad -> pad < 0 || pad > TensorShape.MAX_ELEMENTS)) {
      throw new UnsupportedNodeException("pads must not be negative");
    }
    return signal
        ? new int[] {0, (int) pads[2], 0, (int) pads[5]}
        : new int[] {(int) pads[2], (int) pads[3], (int) pads[6], (int) pads[7]};
  }
}
