package io.silenda.infer.graph;

import io.silenda.infer.graph.Value.Computed;
import java.util.Arrays;
import java.util.Optional;

/** ConvTranspose in one or two dimensions, as the transposed matrix of a convolution. */
final class TransposedConvolutionImporter {
  private final NodeContext node;
  private final Window.Image image;
  private final ConstantTensor weights;
  private final int[] kernel;
  private final int[] stride;
  private final int[] dilation;
  private final int[] pads;
  private final int[] out;
  private final int groups;
  private final int outChannels;

  private TransposedConvolutionImporter(NodeContext node, Computed input)
      throws OnnxImportException, UnsupportedNodeException {
    this.node = node;
    this.image = Window.Image.of(input.shape());
    boolean signal = input.shape().rank() == 2;
    this.weights = node.constant(1, "the kernel");
    int rank = input.shape().rank();
    if (weights.rank() != rank + 1 || weights.size() == 0) {
      throw node.invalid("has a kernel of shape " + weights.describe());
    }
    this.kernel = new int[] {signal ? 1 : weights.dimension(2), weights.dimension(rank)};
    this.stride = Window.sizes(node, "strides", signal, 1);
    this.dilation = Window.sizes(node, "dilations", signal, 1);
    long group = node.attributes().integer("group", 1);
    if (group < 1 || image.channels() % group != 0 || weights.dimension(0) != image.channels()) {
      throw node.invalid("has group " + group + " and a kernel of shape " + weights.describe());
    }
    this.groups = (int) group;
    this.outChannels = Math.multiplyExact(weights.dimension(1), groups);
    if (node.attributes().has("output_shape")) {
      throw new UnsupportedNodeException("output_shape; use pads and output_padding");
    }
    String autoPad = node.attributes().string("auto_pad", "NOTSET");
    if (autoPad.startsWith("SAME")) {
      throw new UnsupportedNodeException("auto_pad " + autoPad + "; use explicit pads");
    }
    this.pads = Window.explicitPads(node, signal);
    int[] extra = extra(signal);
    this.out = new int[] {outSize(image.height(), 0, extra), outSize(image.width(), 1, extra)};
  }

  private int[] extra(boolean signal) throws OnnxImportException {
    Optional<long[]> given = node.attributes().integers("output_padding");
    long[] extra = given.orElse(new long[signal ? 1 : 2]);
    if (extra.length != (signal ? 1 : 2)
        || Arrays.stream(extra).anyMatch(size -> size < 0 || size > 1 << 20)) {
      throw node.invalid("has output_padding " + Text.name(Arrays.toString(extra)));
    }
    return signal ? new int[] {0, (int) extra[0]} : new int[] {(int) extra[0], (int) extra[1]};
  }

  private int outSize(int size, int axis, int[] extra) throws OnnxImportException {
    long steps = (size - 1L) * stride[axis] + (kernel[axis] - 1L) * dilation[axis] + 1;
    long result = steps + extra[axis] - pads[axis] - pads[axis + 2];
    if (result < 1 || result > TensorShape.MAX_ELEMENTS) {
      throw node.invalid("has an output of " + result + " pixels a side");
    }
    return (int) result;
  }

  static Value convolution(NodeContext node) throws OnnxImportException, UnsupportedNodeException {
    Computed input = node.materialised(0);
    TransposedConvolutionImporter importer = new TransposedConvolutionImporter(node, input);
    TensorShape shape =
        input.shape().rank() == 2
            ? TensorShape.of(importer.outChannels, importer.out[1])
            : TensorShape.of(importer.outChannels, importer.out[0], importer.out[1]);
    return node.builder().addLinear(node.name(), importer.map(shape), input, shape);
  }

  private SparseAffine map(TensorShape shape) throws OnnxImportException, UnsupportedNodeException {
    Optional<ConstantTensor> bias = node.optionalConstant(2, "the bias");
    if (bias.isPresent() && bias.get().size() != outChannels) {
      throw node.invalid("has a bias of shape " + bias.get().describe());
    }
    int perGroup = image.channels() / groups;
    int rows = shape.elementCount();
    node.builder().charge((long) rows * perGroup * kernel[0] * kernel[1]);
    int pixels = out[0] * out[1];
    CompressedRows.Builder matrix =
        new CompressedRows.Builder(rows, image.channels() * image.height() * image.width());
    double[] summand = new double[rows];
    for (int row = 0; row < rows; row++) {
      int channel = row / pixels;
      summand[row] = bias.isPresent() ? bias.get().real(channel) : 0;
      addRow(matrix, row, channel, perGroup);
    }
    return new SparseAffine(matrix.build(), summand);
  }

  /** All input pixels that reach one output pixel, in ascending order. */
  private void addRow(CompressedRows.Builder matrix, int row, int channel, int perGroup) {
    int outPerGroup = outChannels / groups;
    int first = channel / outPerGroup * perGroup;
    int y = row / out[1] % out[0];
    int x = row % out[1];
    for (int in = first; in < first + perGroup; in++) {
      int base = (in * outPerGroup + channel % outPerGroup) * kernel[0] * kernel[1];
      for (int ky = kernel[0] - 1; ky >= 0; ky--) {
        int sourceY = source(y, ky, 0, image.height());
        for (int kx = kernel[1] - 1; sourceY >= 0 && kx >= 0; kx--) {
          int sourceX = source(x, kx, 1, image.width());
          if (sourceX >= 0) {
            int column = (in * image.height() + sourceY) * image.width() + sourceX;
            matrix.add(row, column, weights.real(base + ky * kernel[1] + kx));
          }
        }
      }
    }
  }

  /** The input pixel that kernel position {@code at} carries to an output pixel; -1 if none. */
  private int source(int pixel, int at, int axis, int size) {
    long steps = (long) pixel + pads[axis] - (long) at * dilation[axis];
    return steps >= 0 && steps % stride[axis] == 0 && steps / stride[axis] < size
        ? (int) (steps / stride[axis])
        : -1;
  }
}
