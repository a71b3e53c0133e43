package io.silenda.infer.graph;

import io.silenda.infer.graph.Value.Computed;
import io.silenda.infer.graph.Value.Known;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * ConstantOfShape, Equal, Where and Expand, as exporters write them in front of a Pad, a Reshape or
 * an Expand: on constants, but for the tensor that Expand repeats.
 */
final class ConstantFills {
  private static final String ONLY_CONSTANTS =
      "supported only on constants of one shape; use an activation such as Relu or Clip";

  private ConstantFills() {}

  static Map<String, NodeImporter> all() {
    return Map.of(
        "ConstantOfShape", ConstantFills::constantOfShape,
        "Equal", ConstantFills::equal,
        "Where", ConstantFills::where,
        "Expand", ConstantFills::expand);
  }

  private static Value constantOfShape(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    ConstantTensor shape = node.constant(0, "the shape");
    if (shape.mentionsBatch()) {
      throw new UnsupportedNodeException("a constant for each row; use one for all rows");
    }
    int[] dimensions = new int[shape.size()];
    long count = 1;
    for (int axis = 0; axis < dimensions.length; axis++) {
      long size = shape.integer(axis);
      count = size < 0 || size > TensorShape.MAX_ELEMENTS ? -1 : count * size;
      if (count < 0 || count > TensorShape.MAX_ELEMENTS) {
        throw node.invalid("asks for dimension " + size);
      }
      dimensions[axis] = (int) size;
    }
    node.builder().charge(count);
    var given = node.attributes().tensor("value");
    ConstantTensor value =
        given.isPresent()
            ? node.reader().read(given.get())
            : ConstantTensor.ofReals(new int[0], new double[1]);
    if (!value.isScalar()) {
      throw node.invalid("has a value of shape " + value.describe());
    }
    return new Known(filled(value, dimensions, (int) count));
  }

  private static ConstantTensor filled(ConstantTensor value, int[] dimensions, int count) {
    if (value.isIntegral()) {
      long[] integers = new long[count];
      Arrays.fill(integers, value.integer(0));
      return ConstantTensor.ofIntegers(dimensions, integers);
    }
    double[] reals = new double[count];
    Arrays.fill(reals, value.real(0));
    return ConstantTensor.ofReals(dimensions, reals);
  }

  private static Optional<ConstantTensor> constant(NodeContext node, int input)
      throws OnnxImportException {
    return node.input(input) instanceof Known known
        ? Optional.of(known.tensor())
        : Optional.empty();
  }

  private static Value equal(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    Optional<ConstantTensor> left = constant(node, 0);
    Optional<ConstantTensor> right = constant(node, 1);
    if (left.isEmpty() || right.isEmpty() || !left.get().isIntegral()) {
      throw new UnsupportedNodeException(ONLY_CONSTANTS);
    }
    return chosen(
        node,
        left.get(),
        right.get(),
        i -> at(left.get(), i) == at(right.get(), i),
        ConstantTensor.ofIntegers(new int[0], new long[] {1}),
        ConstantTensor.ofIntegers(new int[0], new long[] {0}));
  }

  private static Value where(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    Optional<ConstantTensor> condition = constant(node, 0);
    Optional<ConstantTensor> yes = constant(node, 1);
    Optional<ConstantTensor> no = constant(node, 2);
    if (condition.isEmpty() || yes.isEmpty() || no.isEmpty() || !yes.get().isIntegral()) {
      throw new UnsupportedNodeException(ONLY_CONSTANTS);
    }
    return chosen(
        node, condition.get(), yes.get(), i -> at(condition.get(), i) != 0, yes.get(), no.get());
  }

  /** Integers of the shape of the larger operand; one that has a single element is repeated. */
  private static Known chosen(
      NodeContext node,
      ConstantTensor a,
      ConstantTensor b,
      IntPredicate condition,
      ConstantTensor yes,
      ConstantTensor no)
      throws OnnxImportException, UnsupportedNodeException {
    ConstantTensor shape = a.isScalar() ? b : a;
    int size = shape.size();
    for (ConstantTensor each : new ConstantTensor[] {a, b, yes, no}) {
      if (!each.isScalar() && each.size() != size) {
        throw new UnsupportedNodeException(ONLY_CONSTANTS);
      }
    }
    node.builder().charge(size);
    long[] values = new long[size];
    Arrays.setAll(values, i -> condition.test(i) ? at(yes, i) : at(no, i));
    return new Known(ConstantTensor.ofIntegers(shape.dimensions(), values));
  }

  private static long at(ConstantTensor tensor, int index) {
    return tensor.integer(tensor.isScalar() ? 0 : index);
  }

  /** Repeats a computed tensor along axes of size 1 behind the batch axis. */
  private static Value expand(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    Computed value = node.computed(0);
    long[] target = node.constant(1, "the shape").toIntegers();
    TensorShape row = value.shape();
    int[] sizes = new int[row.rank()];
    int skipped = row.rank() + 1 - target.length;
    boolean keepsBatch =
        skipped >= 0
            && (skipped > 0
                || target[0] == 1
                || target[0] == ConstantTensor.BATCH
                || (node.fixedBatch().isPresent() && target[0] == node.fixedBatch().getAsInt()));
    if (!keepsBatch) {
      throw new UnsupportedNodeException("it must leave the batch axis and the number of axes");
    }
    for (int axis = 0; axis < sizes.length; axis++) {
      int position = axis + 1 - skipped;
      long size = position < 0 || target[position] == 1 ? row.dimension(axis) : target[position];
      boolean fits = size == row.dimension(axis) || row.dimension(axis) == 1;
      if (!fits || size < 1 || size > TensorShape.MAX_ELEMENTS) {
        throw node.invalid("expands rows of shape " + row + " to another size");
      }
      sizes[axis] = (int) size;
    }
    return Expansion.to(node, node.materialised(0), TensorShape.of(sizes));
  }
}
