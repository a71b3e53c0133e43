package io.silenda.infer.graph;

import io.silenda.infer.graph.Value.Computed;
import io.silenda.infer.graph.Value.Known;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Transpose, Slice, Gather, Split and Concat of computed tensors: elements change places within
 * their row, which the linear operators around them absorb.
 */
final class RearrangingImporters {
  private RearrangingImporters() {}

  /** Any permutation of the axes behind the batch axis. */
  static Value transpose(NodeContext node, Computed value, long[] permutation)
      throws OnnxImportException, UnsupportedNodeException {
    TensorShape from = value.shape();
    int rank = from.rank();
    int[] axes = new int[rank];
    boolean[] seen = new boolean[rank];
    boolean valid = permutation.length == rank + 1 && permutation[0] == 0;
    for (int i = 0; valid && i < rank; i++) {
      long axis = permutation[i + 1] - 1;
      valid = axis >= 0 && axis < rank && !seen[(int) axis];
      if (valid) {
        axes[i] = (int) axis;
        seen[axes[i]] = true;
      }
    }
    if (!valid) {
      throw new UnsupportedNodeException("perm must leave the batch axis first; name every axis");
    }
    int[] sizes = Arrays.stream(axes).map(from::dimension).toArray();
    node.builder().charge(from.elementCount());
    RowIndex source = RowIndex.of(from);
    RowIndex target = new RowIndex(sizes);
    int[] sources = new int[from.elementCount()];
    int[] coordinates = new int[rank];
    for (int i = 0; i < sources.length; i++) {
      for (int axis = 0; axis < rank; axis++) {
        coordinates[axes[axis]] = target.coordinate(i, axis);
      }
      sources[i] = source.position(coordinates);
    }
    return RowMap.add(node, node.materialised(0), sources, TensorShape.of(sizes));
  }

  /** The elements at these positions of one axis, counted behind the batch axis. */
  static Computed select(NodeContext node, Computed value, int axis, int[] positions)
      throws OnnxImportException {
    RowIndex source = RowIndex.of(value.shape());
    int[] sizes = source.sizes();
    sizes[axis] = positions.length;
    TensorShape shape = TensorShape.of(sizes);
    node.builder().charge(shape.elementCount());
    RowIndex target = new RowIndex(sizes);
    int[] sources = new int[shape.elementCount()];
    for (int i = 0; i < sources.length; i++) {
      int[] coordinates = target.coordinates(i);
      coordinates[axis] = positions[coordinates[axis]];
      sources[i] = source.position(coordinates);
    }
    return RowMap.add(node, value, sources, shape);
  }

  /** The axis behind the batch axis that an attribute or a bound names. */
  static int rowAxis(long axis, TensorShape shape) throws UnsupportedNodeException {
    long position = (axis < 0 ? axis + shape.rank() + 1 : axis) - 1;
    if (position < 0 || position >= shape.rank()) {
      throw new UnsupportedNodeException(
          "axis " + axis + " is not within a row; choose rows with --rows, not in the model");
    }
    return (int) position;
  }

  static Value slice(NodeContext node) throws OnnxImportException, UnsupportedNodeException {
    Computed value = node.materialised(0);
    for (Cut cut : cuts(node)) {
      if (!cut.keepsRows()) {
        int axis = rowAxis(cut.axis(), value.shape());
        value = select(node, value, axis, cut.positions(node, value.shape().dimension(axis)));
      }
    }
    return value;
  }

  /** A slice of a constant, along any of its axes. */
  static ConstantTensor slice(NodeContext node, ConstantTensor constant)
      throws OnnxImportException, UnsupportedNodeException {
    ConstantTensor value = constant;
    for (Cut cut : cuts(node)) {
      long axis = cut.axis() < 0 ? cut.axis() + value.rank() : cut.axis();
      if (axis < 0 || axis >= value.rank()) {
        throw node.invalid("has axis " + cut.axis());
      }
      int size = value.dimension((int) axis);
      node.builder().charge(value.size());
      int[] positions = range(cut.start(), cut.end(), cut.step(), size);
      value = ConstantShapes.selected(value, (int) axis, positions);
    }
    return value;
  }

  /** What a Slice does to one axis. */
  private record Cut(long axis, long start, long end, long step) {
    /** All rows; the only thing that may be said of them. */
    boolean keepsRows() {
      return axis == 0 && start == 0 && end >= Integer.MAX_VALUE && step == 1;
    }

    int[] positions(NodeContext node, int size)
        throws OnnxImportException, UnsupportedNodeException {
      int[] positions = range(start, end, step, size);
      if (positions.length == 0) {
        throw node.invalid("leaves no element");
      }
      return positions;
    }
  }

  private static List<Cut> cuts(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    boolean attributes = node.attributes().has("starts");
    long[] starts = bounds(node, attributes, "starts", 1);
    long[] ends = bounds(node, attributes, "ends", 2);
    long[] axes =
        optionalBounds(node, attributes, "axes", 3)
            .orElseGet(() -> IntStream.range(0, starts.length).asLongStream().toArray());
    long[] steps = optionalBounds(node, false, "steps", 4).orElseGet(() -> ones(starts.length));
    if (ends.length != starts.length
        || axes.length != starts.length
        || steps.length != starts.length) {
      throw node.invalid("has starts, ends, axes and steps of different lengths");
    }
    List<Cut> cuts = new ArrayList<>();
    for (int i = 0; i < starts.length; i++) {
      cuts.add(new Cut(axes[i], starts[i], ends[i], steps[i]));
    }
    return cuts;
  }

  private static long[] ones(int length) {
    long[] ones = new long[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static long[] bounds(NodeContext node, boolean attribute, String name, int input)
      throws OnnxImportException, UnsupportedNodeException {
    return optionalBounds(node, attribute, name, input)
        .orElseThrow(() -> new UnsupportedNodeException(name + " must be given"));
  }

  private static Optional<long[]> optionalBounds(
      NodeContext node, boolean attribute, String name, int input)
      throws OnnxImportException, UnsupportedNodeException {
    return attribute
        ? node.attributes().integers(name)
        : node.optionalConstant(input, name).map(ConstantTensor::toIntegers);
  }

  /** Positions from {@code start} to before {@code end}, as ONNX clamps them. */
  private static int[] range(long start, long end, long step, int size)
      throws UnsupportedNodeException {
    if (step == 0 || Math.abs(step) > TensorShape.MAX_ELEMENTS) {
      throw new UnsupportedNodeException("a step of " + step + "; use a smaller one");
    }
    boolean forward = step > 0;
    long from = clamp(start, size, forward ? 0 : -1, forward ? size : size - 1);
    long to = clamp(end, size, forward ? 0 : -1, forward ? size : size - 1);
    List<Integer> positions = new ArrayList<>();
    for (long at = from; forward ? at < to : at > to; at += step) {
      positions.add((int) at);
    }
    return positions.stream().mapToInt(at -> at).toArray();
  }

  private static long clamp(long bound, int size, long lowest, long highest) {
    long position = bound < 0 ? Math.max(bound, -2L * size) + size : bound;
    return Math.max(lowest, Math.min(highest, position));
  }

  static Value gather(NodeContext node) throws OnnxImportException, UnsupportedNodeException {
    return gather(node, node.attributes().integer("axis", 0));
  }

  /** The elements of one axis that a constant names. */
  static Value gather(NodeContext node, long namedAxis)
      throws OnnxImportException, UnsupportedNodeException {
    Computed value = node.materialised(0);
    ConstantTensor indices = node.constant(1, "the index");
    int axis = rowAxis(namedAxis, value.shape());
    if (indices.rank() > 1 || indices.size() == 0) {
      throw new UnsupportedNodeException("the index must be one number or a list; use Reshape");
    }
    int size = value.shape().dimension(axis);
    int[] positions = new int[indices.size()];
    for (int i = 0; i < positions.length; i++) {
      long index = indices.integer(i);
      index = index < 0 ? index + size : index;
      if (index < 0 || index >= size) {
        throw node.invalid("has index " + indices.integer(i));
      }
      positions[i] = (int) index;
    }
    Computed chosen = select(node, value, axis, positions);
    if (indices.rank() == 1) {
      return chosen;
    }
    List<Integer> sizes = new ArrayList<>(chosen.shape().dimensions());
    sizes.remove(axis);
    return chosen.withShape(new TensorShape(sizes));
  }

  static Value split(NodeContext node) throws OnnxImportException, UnsupportedNodeException {
    if (!(node.input(0) instanceof Computed)) {
      throw new UnsupportedNodeException("supported on computed tensors; fold it before export");
    }
    Computed value = node.materialised(0);
    int axis = rowAxis(node.attributes().integer("axis", 0), value.shape());
    int size = value.shape().dimension(axis);
    long[] parts =
        optionalBounds(node, node.attributes().has("split"), "split", 1)
            .orElse(equalParts(size, node.outputCount()));
    long total = 0;
    for (long part : parts) {
      if (part < 1 || part > size) {
        throw node.invalid("has parts " + Arrays.toString(parts) + " of " + size);
      }
      total += part;
    }
    if (total != size || parts.length != node.outputCount()) {
      throw node.invalid("has parts " + Arrays.toString(parts) + " of " + size);
    }
    int start = 0;
    List<Value> outputs = new ArrayList<>();
    for (long part : parts) {
      int[] positions = IntStream.range(start, start + (int) part).toArray();
      outputs.add(select(node, value, axis, positions));
      start += (int) part;
    }
    for (int i = 1; i < outputs.size(); i++) {
      node.setOutput(i, outputs.get(i));
    }
    return outputs.get(0);
  }

  private static long[] equalParts(int size, int count) {
    long[] parts = new long[count];
    int part = (size + count - 1) / Math.max(count, 1);
    Arrays.fill(parts, part);
    if (count > 0) {
      parts[count - 1] = size - (count - 1L) * part;
    }
    return parts;
  }

  /** Concatenation as a sum of tensors that are zero where the others stand. */
  static Value concat(NodeContext node) throws OnnxImportException, UnsupportedNodeException {
    List<TensorShape> shapes = new ArrayList<>();
    for (int i = 0; i < node.inputCount(); i++) {
      if (node.input(i) instanceof Known) {
        throw new UnsupportedNodeException(
            "a constant part; use Pad, or add it to a padded tensor");
      }
      shapes.add(node.computed(i).shape());
    }
    int axis = rowAxis(node.attributes().integer("axis", 0), shapes.get(0));
    TensorShape whole = concatenated(node, shapes, axis);
    Optional<Computed> sum = Optional.empty();
    int start = 0;
    for (int i = 0; i < shapes.size(); i++) {
      Computed part = place(node, node.materialised(i), whole, axis, start);
      start += shapes.get(i).dimension(axis);
      sum = Optional.of(sum.isEmpty() ? part : node.builder().addSum(node.name(), sum.get(), part));
    }
    return sum.orElseThrow(() -> node.invalid("lacks inputs"));
  }

  private static TensorShape concatenated(NodeContext node, List<TensorShape> shapes, int axis)
      throws OnnxImportException {
    int[] sizes = RowIndex.of(shapes.get(0)).sizes();
    sizes[axis] = 0;
    for (TensorShape shape : shapes) {
      for (int i = 0; i < sizes.length; i++) {
        boolean fits =
            shape.rank() == sizes.length && (i == axis || shape.dimension(i) == sizes[i]);
        if (!fits) {
          throw node.invalid("joins rows of shapes " + shapes);
        }
      }
      sizes[axis] = Math.addExact(sizes[axis], shape.dimension(axis));
    }
    return TensorShape.of(sizes);
  }

  private static Computed place(
      NodeContext node, Computed part, TensorShape whole, int axis, int start)
      throws OnnxImportException {
    RowIndex source = RowIndex.of(part.shape());
    RowIndex target = RowIndex.of(whole);
    int size = part.shape().dimension(axis);
    node.builder().charge(whole.elementCount());
    int[] sources = new int[whole.elementCount()];
    for (int i = 0; i < sources.length; i++) {
      int[] coordinates = target.coordinates(i);
      coordinates[axis] -= start;
      boolean inside = coordinates[axis] >= 0 && coordinates[axis] < size;
      sources[i] = inside ? source.position(coordinates) : -1;
    }
    return RowMap.add(node, part, sources, whole);
  }
}
