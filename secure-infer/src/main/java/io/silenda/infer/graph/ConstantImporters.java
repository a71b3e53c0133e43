package io.silenda.infer.graph;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.silenda.infer.graph.Value.Known;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Constants, and the computations on shapes that exporters write in front of a Reshape. */
final class ConstantImporters {
  private static final String ONLY_CONSTANTS = "supported only on one-dimensional constants";

  private ConstantImporters() {}

  static Map<String, NodeImporter> all() {
    return Map.of(
        "Constant", ConstantImporters::constant,
        "Shape", ConstantImporters::shape,
        "Gather", ConstantImporters::gather,
        "Slice", ConstantImporters::slice,
        "Concat", ConstantImporters::concat);
  }

  private static Value constant(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    Attributes attributes = node.attributes();
    Optional<TensorProto> tensor = attributes.tensor("value");
    if (tensor.isPresent()) {
      return new Known(node.reader().read(tensor.get()));
    } else if (attributes.has("value_float")) {
      double[] value = {attributes.real("value_float", 0)};
      return new Known(ConstantTensor.ofReals(new int[0], value));
    } else if (attributes.has("value_int")) {
      return integers(node, new int[0], attributes.integer("value_int", 0));
    }
    Optional<double[]> reals = attributes.reals("value_floats");
    if (reals.isPresent()) {
      return new Known(ConstantTensor.ofReals(new int[] {reals.get().length}, reals.get()));
    }
    Optional<long[]> integers = attributes.integers("value_ints");
    if (integers.isPresent()) {
      return integers(node, new int[] {integers.get().length}, integers.get());
    }
    throw new UnsupportedNodeException("only dense numbers are supported as constants");
  }

  private static Value integers(NodeContext node, int[] dimensions, long... values)
      throws OnnxImportException {
    ConstantTensor tensor = ConstantTensor.ofIntegers(dimensions, values);
    if (tensor.mentionsBatch()) {
      throw node.invalid("has an integer out of range");
    }
    return new Known(tensor);
  }

  private static Value shape(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    long[] sizes;
    if (node.input(0) instanceof Known known) {
      sizes = IntStream.of(known.tensor().dimensions()).asLongStream().toArray();
    } else {
      TensorShape row = node.computed(0).shape();
      sizes = new long[row.rank() + 1];
      sizes[0] =
          node.fixedBatch().isPresent() ? node.fixedBatch().getAsInt() : ConstantTensor.BATCH;
      for (int axis = 0; axis < row.rank(); axis++) {
        sizes[axis + 1] = row.dimension(axis);
      }
    }
    ConstantTensor all = ConstantTensor.ofIntegers(new int[] {sizes.length}, sizes);
    long start = node.attributes().integer("start", 0);
    long end = node.attributes().integer("end", sizes.length);
    return new Known(sliced(all, start, end));
  }

  private static ConstantTensor sliced(ConstantTensor tensor, long start, long end) {
    int size = tensor.size();
    int from = clamp(start, size);
    int to = Math.max(clamp(end, size), from);
    int[] positions = IntStream.range(from, to).toArray();
    return ConstantShapes.gathered(tensor, positions, new int[] {positions.length});
  }

  private static int clamp(long position, int size) {
    return (int) Math.min(Math.max(position < 0 ? position + size : position, 0), size);
  }

  private static ConstantTensor vector(NodeContext node, int input)
      throws OnnxImportException, UnsupportedNodeException {
    if (node.input(input) instanceof Known known && known.tensor().rank() == 1) {
      return known.tensor();
    }
    throw new UnsupportedNodeException(ONLY_CONSTANTS);
  }

  private static Value gather(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    if (node.input(0) instanceof Value.Computed) {
      return RearrangingImporters.gather(node);
    }
    ConstantTensor tensor = vector(node, 0);
    ConstantTensor indices = node.constant(1, "the index");
    long axis = node.attributes().integer("axis", 0);
    if (axis != 0 && axis != -1) {
      throw node.invalid("has axis " + axis);
    }
    node.builder().charge(indices.size());
    int[] positions = new int[indices.size()];
    for (int i = 0; i < positions.length; i++) {
      long index = indices.integer(i);
      long position = index < 0 ? index + tensor.size() : index;
      if (position < 0 || position >= tensor.size()) {
        throw node.invalid("has index " + index);
      }
      positions[i] = (int) position;
    }
    return new Known(ConstantShapes.gathered(tensor, positions, indices.dimensions()));
  }

  private static Value slice(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    if (node.input(0) instanceof Value.Computed) {
      return RearrangingImporters.slice(node);
    }
    return new Known(RearrangingImporters.slice(node, node.constant(0, "the tensor")));
  }

  private static boolean hasComputedPart(NodeContext node) throws OnnxImportException {
    for (int i = 0; i < node.inputCount(); i++) {
      if (node.input(i) instanceof Value.Computed) {
        return true;
      }
    }
    return false;
  }

  private static Value concat(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    if (hasComputedPart(node)) {
      return RearrangingImporters.concat(node);
    }
    List<ConstantTensor> parts = new ArrayList<>();
    for (int i = 0; i < node.inputCount(); i++) {
      parts.add(vector(node, i));
    }
    return new Known(ConstantShapes.concatenated(node, parts));
  }
}
