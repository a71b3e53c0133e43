package io.silenda.infer.graph;

import io.silenda.infer.graph.Value.Computed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ReduceMean and ReduceSum over axes within a row. */
final class ReductionImporters {
  private ReductionImporters() {}

  static Map<String, NodeImporter> all() {
    return Map.of(
        "ReduceMean", node -> reduce(node, true),
        "ReduceSum", node -> reduce(node, false));
  }

  private static Value reduce(NodeContext node, boolean mean)
      throws OnnxImportException, UnsupportedNodeException {
    Computed input = node.materialised(0);
    Optional<long[]> axes = node.attributes().integers("axes");
    if (axes.isEmpty()) {
      axes = node.optionalConstant(1, "axes").map(ConstantTensor::toIntegers);
    }
    if (axes.isEmpty() || axes.get().length == 0) {
      if (node.attributes().integer("noop_with_empty_axes", 0) != 0) {
        return input;
      }
      throw new UnsupportedNodeException("it would mix rows; name the axes after the batch axis");
    }
    boolean[] reduced = new boolean[input.shape().rank()];
    for (long axis : axes.get()) {
      reduced[RearrangingImporters.rowAxis(axis, input.shape())] = true;
    }
    return add(node, input, reduced, mean);
  }

  private static Computed add(NodeContext node, Computed input, boolean[] reduced, boolean mean)
      throws OnnxImportException {
    RowIndex source = RowIndex.of(input.shape());
    int[] kept = source.sizes();
    for (int axis = 0; axis < kept.length; axis++) {
      kept[axis] = reduced[axis] ? 1 : kept[axis];
    }
    RowIndex target = new RowIndex(kept);
    int elements = input.shape().elementCount();
    int outputs = target.count();
    node.builder().charge(4L * elements);
    List<List<Integer>> summands = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      summands.add(new ArrayList<>());
    }
    for (int i = 0; i < elements; i++) {
      int[] coordinates = source.coordinates(i);
      for (int axis = 0; axis < kept.length; axis++) {
        coordinates[axis] = reduced[axis] ? 0 : coordinates[axis];
      }
      summands.get(target.position(coordinates)).add(i);
    }
    CompressedRows.Builder weights = new CompressedRows.Builder(outputs, elements);
    double weight = mean ? (double) outputs / elements : 1;
    for (int row = 0; row < outputs; row++) {
      for (int column : summands.get(row)) {
        weights.add(row, column, weight);
      }
    }
    SparseAffine sum = new SparseAffine(weights.build(), new double[outputs]);
    return node.builder().addLinear(node.name(), sum, input, shape(node, kept, reduced));
  }

  private static TensorShape shape(NodeContext node, int[] kept, boolean[] reduced)
      throws OnnxImportException {
    if (node.attributes().integer("keepdims", 1) != 0) {
      return TensorShape.of(kept);
    }
    int[] sizes = new int[kept.length];
    int count = 0;
    for (int axis = 0; axis < kept.length; axis++) {
      if (!reduced[axis]) {
        sizes[count++] = kept[axis];
      }
    }
    return TensorShape.of(Arrays.copyOf(sizes, count));
  }
}
