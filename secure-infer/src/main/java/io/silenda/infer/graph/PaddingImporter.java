package io.silenda.infer.graph;

import io.silenda.infer.graph.Value.Computed;
import java.util.Arrays;
import java.util.Optional;

/** Pad of any axes within a row: constant, reflect or edge; negative pads cut. */
final class PaddingImporter {
  private final long[] before;
  private final long[] after;
  private final String mode;

  private PaddingImporter(int rank, String mode) {
    this.before = new long[rank];
    this.after = new long[rank];
    this.mode = mode;
  }

  static Value pad(NodeContext node) throws OnnxImportException, UnsupportedNodeException {
    String mode = node.attributes().string("mode", "constant");
    if (!mode.equals("constant") && !mode.equals("reflect") && !mode.equals("edge")) {
      throw new UnsupportedNodeException("mode " + mode + "; use constant, reflect or edge");
    }
    Computed input = node.materialised(0);
    PaddingImporter padding = new PaddingImporter(input.shape().rank(), mode);
    padding.readPads(node, input.shape());
    return padding.add(node, input, value(node));
  }

  static double value(NodeContext node) throws OnnxImportException, UnsupportedNodeException {
    Optional<ConstantTensor> given = node.optionalConstant(2, "the padding value");
    return given.isPresent() && given.get().size() == 1
        ? given.get().real(0)
        : node.attributes().real("value", 0);
  }

  private void readPads(NodeContext node, TensorShape shape)
      throws OnnxImportException, UnsupportedNodeException {
    Optional<long[]> attribute = node.attributes().integers("pads");
    long[] pads = attribute.isPresent() ? attribute.get() : node.constant(1, "pads").toIntegers();
    int count = pads.length / 2;
    Optional<ConstantTensor> axes = node.optionalConstant(3, "axes");
    if (pads.length % 2 != 0
        || count != (axes.isPresent() ? axes.get().size() : shape.rank() + 1)
        || Arrays.stream(pads).anyMatch(pad -> Math.abs(pad) > TensorShape.MAX_ELEMENTS)) {
      throw node.invalid("has pads " + Text.name(Arrays.toString(pads)));
    }
    for (int i = 0; i < count; i++) {
      long axis = axes.isPresent() ? axes.get().integer(i) : i;
      if (pads[i] != 0 || pads[i + count] != 0) {
        int position = RearrangingImporters.rowAxis(axis, shape);
        before[position] = pads[i];
        after[position] = pads[i + count];
      }
    }
  }

  private Computed add(NodeContext node, Computed input, double filling)
      throws OnnxImportException {
    RowIndex source = RowIndex.of(input.shape());
    int[] sizes = source.sizes();
    int[] padded = new int[sizes.length];
    for (int axis = 0; axis < sizes.length; axis++) {
      padded[axis] = Math.toIntExact(sizes[axis] + before[axis] + after[axis]);
    }
    TensorShape shape = TensorShape.of(padded);
    node.builder().charge(shape.elementCount());
    RowIndex target = new RowIndex(padded);
    int[] sources = new int[shape.elementCount()];
    for (int i = 0; i < sources.length; i++) {
      int[] coordinates = target.coordinates(i);
      boolean inside = true;
      for (int axis = 0; axis < sizes.length; axis++) {
        coordinates[axis] = (int) moved(coordinates[axis] - before[axis], sizes[axis]);
        inside &= coordinates[axis] >= 0;
      }
      sources[i] = inside ? source.position(coordinates) : -1;
    }
    return RowMap.add(node, input, sources, filling, shape);
  }

  /** The coordinate that a padded one is a copy of; -1 for the constant. */
  private long moved(long coordinate, int size) {
    if (coordinate >= 0 && coordinate < size) {
      return coordinate;
    } else if (mode.equals("constant")) {
      return -1;
    } else if (mode.equals("edge") || size == 1) {
      return coordinate < 0 ? 0 : size - 1L;
    }
    long period = 2L * (size - 1);
    long folded = Math.floorMod(coordinate, period);
    return folded < size ? folded : period - folded;
  }
}
