package io.silenda.infer.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Changes of shape and type of constants. */
final class ConstantShapes {
  private ConstantShapes() {}

  static ConstantTensor cast(NodeContext node, ConstantTensor tensor, boolean integral)
      throws OnnxImportException, UnsupportedNodeException {
    if (tensor.isIntegral() == integral) {
      return tensor;
    }
    if (tensor.mentionsBatch()) {
      throw new UnsupportedNodeException("arithmetic on the number of rows");
    }
    node.builder().charge(tensor.size());
    return integral
        ? ConstantTensor.ofIntegers(tensor.dimensions(), tensor.toIntegers())
        : ConstantTensor.ofReals(tensor.dimensions(), tensor.toReals());
  }

  static ConstantTensor reshape(
      NodeContext node, ConstantTensor tensor, long[] target, boolean allowZero)
      throws OnnxImportException {
    int[] dimensions = new int[target.length];
    int rest = -1;
    long product = 1;
    for (int axis = 0; axis < target.length; axis++) {
      long size = target[axis];
      if (size == 0 && !allowZero && axis < tensor.rank()) {
        size = tensor.dimension(axis);
      } else if (size == -1 && rest < 0) {
        rest = axis;
        size = 1;
      }
      if (size < 0 || size > tensor.size()) {
        throw node.invalid("reshapes a constant to " + Arrays.toString(target));
      }
      dimensions[axis] = (int) size;
      product = Math.min(product * size, Integer.MAX_VALUE);
    }
    if (rest >= 0 && product > 0) {
      dimensions[rest] = (int) (tensor.size() / product);
      product *= dimensions[rest];
    }
    if (product != tensor.size()) {
      throw node.invalid("reshapes a constant to " + Arrays.toString(target));
    }
    return tensor.withDimensions(dimensions);
  }

  /** Squeeze or Unsqueeze of a constant. */
  static ConstantTensor axes(NodeContext node, ConstantTensor tensor, Optional<long[]> axes)
      throws OnnxImportException {
    boolean grow = node.operatorType().equals("Unsqueeze");
    List<Integer> dimensions = new ArrayList<>(Arrays.stream(tensor.dimensions()).boxed().toList());
    if (axes.isEmpty() && !grow) {
      dimensions.removeIf(size -> size == 1);
      return tensor.withDimensions(toArray(dimensions));
    }
    long[] given = axes.orElse(new long[0]);
    int rank = dimensions.size() + (grow ? given.length : 0);
    int[] positions =
        Arrays.stream(given)
            .map(axis -> axis < 0 ? axis + rank : axis)
            .filter(axis -> axis >= 0 && axis < rank)
            .mapToInt(Math::toIntExact)
            .distinct()
            .sorted()
            .toArray();
    if (positions.length != given.length || given.length == 0) {
      throw node.invalid("has axes " + Arrays.toString(given));
    }
    for (int i = 0; i < positions.length; i++) {
      if (grow) {
        dimensions.add(positions[i], 1);
      } else if (dimensions.remove(positions[i] - i) != 1) {
        throw node.invalid("squeezes an axis that is not 1");
      }
    }
    return tensor.withDimensions(toArray(dimensions));
  }

  static ConstantTensor transpose(
      NodeContext node, ConstantTensor tensor, Optional<long[]> permutation)
      throws OnnxImportException, UnsupportedNodeException {
    boolean reversed = permutation.isEmpty() || Arrays.equals(permutation.get(), new long[] {1, 0});
    if (tensor.rank() != 2 || !reversed) {
      throw new UnsupportedNodeException("of constants, only matrices are transposed");
    }
    int rows = tensor.dimension(0);
    int columns = tensor.dimension(1);
    node.builder().charge(tensor.size());
    double[] values = new double[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i % columns * rows + i / columns] = tensor.real(i);
    }
    return ConstantTensor.ofReals(new int[] {columns, rows}, values);
  }

  /** One-dimensional constants, one after another. */
  static ConstantTensor concatenated(NodeContext node, List<ConstantTensor> parts)
      throws OnnxImportException {
    long size = parts.stream().mapToLong(ConstantTensor::size).sum();
    node.builder().charge(size);
    if (parts.stream().allMatch(ConstantTensor::isIntegral)) {
      long[] values =
          parts.stream().flatMapToLong(part -> Arrays.stream(part.toIntegers())).toArray();
      return ConstantTensor.ofIntegers(new int[] {values.length}, values);
    }
    double[] values =
        parts.stream().flatMapToDouble(part -> Arrays.stream(part.toReals())).toArray();
    return ConstantTensor.ofReals(new int[] {values.length}, values);
  }

  /** The elements of a one-dimensional constant at these positions. */
  static ConstantTensor gathered(ConstantTensor tensor, int[] positions, int[] dimensions) {
    return tensor.isIntegral()
        ? ConstantTensor.ofIntegers(
            dimensions, IntStream.of(positions).mapToLong(tensor::integer).toArray())
        : ConstantTensor.ofReals(
            dimensions, IntStream.of(positions).mapToDouble(tensor::real).toArray());
  }

  /** The elements at these positions of one axis. */
  static ConstantTensor selected(ConstantTensor tensor, int axis, int[] positions) {
    RowIndex source = new RowIndex(tensor.dimensions());
    int[] dimensions = tensor.dimensions();
    dimensions[axis] = positions.length;
    RowIndex target = new RowIndex(dimensions);
    int[] sources = new int[target.count()];
    for (int i = 0; i < sources.length; i++) {
      int[] coordinates = target.coordinates(i);
      coordinates[axis] = positions[coordinates[axis]];
      sources[i] = source.position(coordinates);
    }
    return gathered(tensor, sources, dimensions);
  }

  private static int[] toArray(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
