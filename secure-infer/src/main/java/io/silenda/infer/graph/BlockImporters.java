package io.silenda.infer.graph;

import io.silenda.infer.graph.Value.Computed;
import java.util.Map;

/** DepthToSpace, SpaceToDepth and enlarging by repetition: pixels take other places. */
final class BlockImporters {
  private static final long MAX_FACTOR = 64;

  private BlockImporters() {}

  static Map<String, NodeImporter> all() {
    return Map.of(
        "DepthToSpace",
        BlockImporters::depthToSpace,
        "SpaceToDepth",
        BlockImporters::spaceToDepth,
        "Resize",
        node -> enlarge(node, 2, 3),
        "Upsample",
        node -> enlarge(node, 1, 2));
  }

  private static int blockSize(NodeContext node) throws OnnxImportException {
    long size = node.attributes().integer("blocksize", 0);
    if (size < 1 || size > MAX_FACTOR) {
      throw node.invalid("has blocksize " + size);
    }
    return (int) size;
  }

  /** Which input element each element of an image of the new shape is. */
  private interface Source {
    int[] of(int channel, int row, int column);
  }

  private static Value moved(NodeContext node, Computed input, TensorShape shape, Source source)
      throws OnnxImportException {
    node.builder().charge(shape.elementCount());
    RowIndex from = RowIndex.of(input.shape());
    RowIndex to = RowIndex.of(shape);
    int[] sources = new int[shape.elementCount()];
    for (int i = 0; i < sources.length; i++) {
      int[] at = to.coordinates(i);
      sources[i] = from.position(source.of(at[0], at[1], at[2]));
    }
    return RowMap.add(node, input, sources, shape);
  }

  private static Computed image(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    Computed input = node.materialised(0);
    if (input.shape().rank() != 3) {
      throw new UnsupportedNodeException("supported only on images; use Reshape and Transpose");
    }
    return input;
  }

  private static Value depthToSpace(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    Computed input = image(node);
    TensorShape from = input.shape();
    int size = blockSize(node);
    int channels = from.dimension(0) / (size * size);
    if (channels * size * size != from.dimension(0)) {
      throw node.invalid("has blocksize " + size + " for " + from.dimension(0) + " channels");
    }
    boolean depthFirst = node.attributes().string("mode", "DCR").equals("DCR");
    TensorShape to =
        TensorShape.of(
            channels,
            Math.multiplyExact(from.dimension(1), size),
            Math.multiplyExact(from.dimension(2), size));
    return moved(
        node,
        input,
        to,
        (channel, row, column) -> {
          int offset = row % size * size + column % size;
          int depth = depthFirst ? offset * channels + channel : channel * size * size + offset;
          return new int[] {depth, row / size, column / size};
        });
  }

  private static Value spaceToDepth(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    Computed input = image(node);
    TensorShape from = input.shape();
    int size = blockSize(node);
    if (from.dimension(1) % size != 0 || from.dimension(2) % size != 0) {
      throw node.invalid("has blocksize " + size + " for rows of shape " + from);
    }
    int channels = from.dimension(0);
    TensorShape to =
        TensorShape.of(
            Math.multiplyExact(channels, size * size),
            from.dimension(1) / size,
            from.dimension(2) / size);
    return moved(
        node,
        input,
        to,
        (depth, row, column) -> {
          int offset = depth / channels;
          return new int[] {
            depth % channels, row * size + offset / size, column * size + offset % size
          };
        });
  }

  /** Enlarging by whole factors, each pixel repeated. */
  private static Value enlarge(NodeContext node, int scales, int sizes)
      throws OnnxImportException, UnsupportedNodeException {
    Computed input = image(node);
    requireRepetition(node);
    TensorShape from = input.shape();
    boolean hasScales = node.hasInput(scales) && node.constant(scales, "scales").size() == 4;
    if (!hasScales && !(sizes < node.inputCount() && node.hasInput(sizes))) {
      throw new UnsupportedNodeException("scales of all four axes must be given");
    }
    ConstantTensor given =
        hasScales ? node.constant(scales, "scales") : node.constant(sizes, "sizes");
    int[] factors = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      double size = given.size() == 4 ? given.real(axis + 1) : 0;
      double factor = hasScales ? size : size / from.dimension(axis);
      if (factor != Math.rint(factor) || factor < 1 || factor > MAX_FACTOR) {
        throw new UnsupportedNodeException("only whole factors enlarge; use ConvTranspose");
      }
      factors[axis] = (int) factor;
    }
    TensorShape to =
        TensorShape.of(
            Math.multiplyExact(from.dimension(0), factors[0]),
            Math.multiplyExact(from.dimension(1), factors[1]),
            Math.multiplyExact(from.dimension(2), factors[2]));
    return moved(
        node,
        input,
        to,
        (channel, row, column) ->
            new int[] {channel / factors[0], row / factors[1], column / factors[2]});
  }

  /** By a whole factor, these ways of rounding all repeat each pixel. */
  private static void requireRepetition(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    String mode = node.attributes().string("mode", "nearest");
    String coordinates = node.attributes().string("coordinate_transformation_mode", "half_pixel");
    String rounding = node.attributes().string("nearest_mode", "round_prefer_floor");
    boolean floors = coordinates.equals("asymmetric") && rounding.equals("floor");
    boolean centred = coordinates.equals("half_pixel") && rounding.startsWith("round_prefer");
    boolean upsample = node.operatorType().equals("Upsample");
    if (!mode.equals("nearest") || !(upsample || floors || centred)) {
      throw new UnsupportedNodeException(
          "mode " + Text.name(mode) + "; use nearest with a whole factor, or ConvTranspose");
    }
  }
}
