package io.silenda.infer.graph;

import java.util.Arrays;
import java.util.Optional;

/**
 * The sliding window of a convolution or pooling node over an image; a one-dimensional signal is an
 * image of height 1.
 *
 * @param image the input
 * @param signal whether the node is one-dimensional
 * @param kernel height and width
 * @param stride height and width
 * @param dilation height and width
 * @param pads top, left, bottom, right
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and seen by importers only.
record Window(Image image, boolean signal, int[] kernel, int[] stride, int[] dilation, int[] pads) {
  private static final int MAX_SIZE = 1 << 20;

  /** Channels, height and width of a tensor. */
  record Image(int channels, int height, int width) {
    static Image of(TensorShape shape) throws UnsupportedNodeException {
      if (shape.rank() != 2 && shape.rank() != 3) {
        throw new UnsupportedNodeException("only one- and two-dimensional images are supported");
      }
      return shape.rank() == 2
          ? new Image(shape.dimension(0), 1, shape.dimension(1))
          : new Image(shape.dimension(0), shape.dimension(1), shape.dimension(2));
    }
  }

  /** Reads the attributes of a Conv or AveragePool node with this kernel. */
  static Window of(NodeContext node, TensorShape input, int[] kernel)
      throws OnnxImportException, UnsupportedNodeException {
    Image image = Image.of(input);
    boolean signal = input.rank() == 2;
    int[] stride = sizes(node, "strides", signal, 1);
    int[] dilation = sizes(node, "dilations", signal, 1);
    Window unpadded = new Window(image, signal, kernel, stride, dilation, new int[4]);
    String autoPad = node.attributes().string("auto_pad", "NOTSET");
    int[] pads =
        switch (autoPad) {
          case "NOTSET", "" -> explicitPads(node, signal);
          case "VALID" -> new int[4];
          case "SAME_UPPER" -> unpadded.samePads(0);
          case "SAME_LOWER" -> unpadded.samePads(1);
          default -> throw node.invalid("has auto_pad " + autoPad);
        };
    return new Window(image, signal, kernel, stride, dilation, pads);
  }

  /** The sizes of an attribute that has one entry a spatial axis, as height and width. */
  static int[] sizes(NodeContext node, String attribute, boolean signal, int absent)
      throws OnnxImportException {
    Optional<long[]> given = node.attributes().integers(attribute);
    if (given.isEmpty()) {
      return new int[] {absent, absent};
    }
    int[] sizes = bounded(node, attribute, given.get(), signal ? 1 : 2, 1);
    return signal ? new int[] {1, sizes[0]} : sizes;
  }

  /** The attribute {@code pads} as top, left, bottom, right. */
  static int[] explicitPads(NodeContext node, boolean signal) throws OnnxImportException {
    Optional<long[]> given = node.attributes().integers("pads");
    if (given.isEmpty()) {
      return new int[4];
    }
    int[] pads = bounded(node, "pads", given.get(), signal ? 2 : 4, 0);
    return signal ? new int[] {0, pads[0], 0, pads[1]} : pads;
  }

  private static int[] bounded(
      NodeContext node, String attribute, long[] values, int count, int minimum)
      throws OnnxImportException {
    if (values.length != count
        || Arrays.stream(values).anyMatch(value -> value < minimum || value > MAX_SIZE)) {
      throw node.invalid(
          "has " + attribute + " " + Arrays.toString(values) + ", must be " + count + " sizes");
    }
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }

  private int[] samePads(int upperShare) {
    int vertical = samePad(image.height, 0);
    int horizontal = samePad(image.width, 1);
    int top = (vertical + upperShare) / 2;
    int left = (horizontal + upperShare) / 2;
    return new int[] {top, left, vertical - top, horizontal - left};
  }

  private int samePad(int size, int axis) {
    int out = (size + stride[axis] - 1) / stride[axis];
    long needed = (out - 1L) * stride[axis] + extent(axis) - size;
    return Math.toIntExact(Math.max(needed, 0));
  }

  private long extent(int axis) {
    return (kernel[axis] - 1L) * dilation[axis] + 1;
  }

  boolean isPadded() {
    return Arrays.stream(pads).anyMatch(pad -> pad > 0);
  }

  /** The geometry with these output channels, all sizes checked. */
  ConvolutionGeometry geometry(NodeContext node, int outChannels, int groups)
      throws OnnxImportException {
    int outHeight = outSize(node, image.height, 0);
    int outWidth = outSize(node, image.width, 1);
    return new ConvolutionGeometry(
        image.channels,
        image.height,
        image.width,
        outChannels,
        outHeight,
        outWidth,
        kernel[0],
        kernel[1],
        stride[0],
        stride[1],
        pads[0],
        pads[1],
        dilation[0],
        dilation[1],
        groups);
  }

  private int outSize(NodeContext node, int size, int axis) throws OnnxImportException {
    long padded = (long) size + pads[axis] + pads[axis + 2];
    long steps = padded - extent(axis);
    if (steps < 0) {
      throw node.invalid("has a kernel larger than its padded input");
    }
    return Math.toIntExact(steps / stride[axis] + 1);
  }

  /** Windows along one axis of a pool; rounded up, none starts in the padding behind the image. */
  int pooledSize(NodeContext node, int axis, boolean ceiling) throws OnnxImportException {
    int size = axis == 0 ? image.height : image.width;
    int floor = outSize(node, size, axis);
    long padded = (long) size + pads[axis] + pads[axis + 2];
    boolean rest = (padded - extent(axis)) % stride[axis] != 0;
    boolean startsInside = (long) floor * stride[axis] < (long) size + pads[axis];
    return ceiling && rest && startsInside ? floor + 1 : floor;
  }

  /** The shape of the output with the rank of the input. */
  TensorShape outputShape(ConvolutionGeometry geometry) {
    return signal
        ? TensorShape.of(geometry.outChannels(), geometry.outWidth())
        : TensorShape.of(geometry.outChannels(), geometry.outHeight(), geometry.outWidth());
  }
}
