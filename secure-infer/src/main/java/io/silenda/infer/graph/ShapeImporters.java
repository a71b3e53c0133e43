package io.silenda.infer.graph;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.silenda.infer.graph.Value.Computed;
import io.silenda.infer.graph.Value.Known;
import io.silenda.infer.graph.Value.OnClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Nodes that change a tensor's shape, most of them not the order of its elements. Rows stay rows:
 * whatever would move the batch axis is refused.
 */
final class ShapeImporters {
  private ShapeImporters() {}

  static Map<String, NodeImporter> all() {
    Map<String, NodeImporter> importers = new HashMap<>();
    importers.put("Identity", node -> renamed(node, node.input(0)));
    importers.put("Dropout", ShapeImporters::dropout);
    importers.put("Cast", ShapeImporters::cast);
    importers.put("Flatten", ShapeImporters::flatten);
    importers.put("Reshape", ShapeImporters::reshape);
    importers.put("Squeeze", node -> axes(node, ShapeImporters::squeezed));
    importers.put("Unsqueeze", node -> axes(node, ShapeImporters::unsqueezed));
    importers.put("Transpose", ShapeImporters::transpose);
    return importers;
  }

  private static Value renamed(NodeContext node, Value value) {
    return value instanceof OnClient onClient
        ? onClient.then(new ClientTail.None(), node.outputName(0), onClient.shape())
        : value;
  }

  private static Value withShape(NodeContext node, Value value, TensorShape shape)
      throws OnnxImportException, UnsupportedNodeException {
    if (value instanceof OnClient onClient) {
      return onClient.then(new ClientTail.None(), node.outputName(0), shape);
    }
    // A pending function belongs to the shape that it was applied to.
    return node.materialised(0).withShape(shape);
  }

  private static TensorShape shapeOf(NodeContext node, Value value)
      throws UnsupportedNodeException {
    if (value instanceof OnClient onClient) {
      return onClient.shape();
    } else if (value instanceof Computed computed) {
      return computed.shape();
    }
    throw new UnsupportedNodeException(
        node.operatorType() + " of a constant is supported only for whole tensors");
  }

  private static Value dropout(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    if (node.hasInput(2) && node.constant(2, "training_mode").integer(0) != 0) {
      throw new UnsupportedNodeException("export the model in inference mode");
    }
    return renamed(node, node.input(0));
  }

  private static Value cast(NodeContext node) throws OnnxImportException, UnsupportedNodeException {
    Optional<DataType> target =
        Optional.ofNullable(DataType.forNumber((int) node.attributes().integer("to", 0)));
    boolean real = target.filter(t -> t == DataType.FLOAT || t == DataType.DOUBLE).isPresent();
    boolean integer = target.filter(t -> t == DataType.INT64 || t == DataType.INT32).isPresent();
    Value value = node.input(0);
    if (value instanceof Known known && (real || integer)) {
      return new Known(ConstantShapes.cast(node, known.tensor(), integer));
    }
    boolean label = value instanceof OnClient onClient && onClient.tail().isIndex();
    if (!real && !(label && integer)) {
      throw new UnsupportedNodeException("only casts to float and double are supported");
    }
    return renamed(node, value);
  }

  private static Value flatten(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    Value value = node.input(0);
    TensorShape shape = shapeOf(node, value);
    long axis = node.attributes().integer("axis", 1);
    axis = axis < 0 ? axis + shape.rank() + 1 : axis;
    long leading =
        shape.dimensions().stream().limit(Math.max(axis - 1, 0)).reduce(1, (a, b) -> a * b);
    if (axis < 1 || axis > shape.rank() + 1 || leading != 1) {
      throw new UnsupportedNodeException("axis must be 1: each row is flattened by itself");
    }
    return withShape(node, value, TensorShape.of(shape.elementCount()));
  }

  private static Value reshape(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    Value value = node.input(0);
    Optional<long[]> attribute = node.attributes().integers("shape");
    long[] target =
        attribute.isPresent() ? attribute.get() : node.constant(1, "the shape").toIntegers();
    boolean allowZero = node.attributes().integer("allowzero", 0) != 0;
    if (value instanceof Known known) {
      return new Known(ConstantShapes.reshape(node, known.tensor(), target, allowZero));
    }
    TensorShape shape = shapeOf(node, value);
    if (allowZero && Arrays.stream(target).anyMatch(size -> size == 0)) {
      throw node.invalid("asks for a tensor without elements");
    }
    return withShape(node, value, RowReshape.resolve(shape, target, node.fixedBatch()));
  }

  /** A change of shape by a list of axes; the batch axis is 0. */
  @FunctionalInterface
  private interface AxesChange {
    List<Integer> apply(List<Integer> full, List<Integer> axes) throws UnsupportedNodeException;
  }

  private static Value axes(NodeContext node, AxesChange change)
      throws OnnxImportException, UnsupportedNodeException {
    Value value = node.input(0);
    Optional<long[]> attribute = node.attributes().integers("axes");
    Optional<long[]> axes =
        attribute.isPresent()
            ? attribute
            : node.optionalConstant(1, "axes").map(ConstantTensor::toIntegers);
    if (value instanceof Known known) {
      return new Known(ConstantShapes.axes(node, known.tensor(), axes));
    }
    if (axes.isEmpty()) {
      throw new UnsupportedNodeException("axes must be given");
    }
    List<Integer> full = new ArrayList<>(shapeOf(node, value).dimensions());
    full.add(0, 1);
    int rank = full.size() + (node.operatorType().equals("Unsqueeze") ? axes.get().length : 0);
    List<Integer> positions = new ArrayList<>();
    for (long axis : axes.get()) {
      long position = axis < 0 ? axis + rank : axis;
      if (position < 1 || position >= rank || positions.contains((int) position)) {
        throw new UnsupportedNodeException("axes must name different axes after the batch axis");
      }
      positions.add((int) position);
    }
    List<Integer> changed = change.apply(full, positions.stream().sorted().toList());
    return withShape(node, value, new TensorShape(changed.subList(1, changed.size())));
  }

  private static List<Integer> squeezed(List<Integer> full, List<Integer> axes)
      throws UnsupportedNodeException {
    List<Integer> kept = new ArrayList<>();
    for (int axis = 0; axis < full.size(); axis++) {
      if (!axes.contains(axis)) {
        kept.add(full.get(axis));
      } else if (full.get(axis) != 1) {
        throw new UnsupportedNodeException("a squeezed axis must have size 1");
      }
    }
    return kept;
  }

  private static List<Integer> unsqueezed(List<Integer> full, List<Integer> axes) {
    List<Integer> grown = new ArrayList<>(full);
    axes.forEach(axis -> grown.add(axis, 1));
    return grown;
  }

  private static Value transpose(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    Value value = node.input(0);
    Optional<long[]> permutation = node.attributes().integers("perm");
    if (value instanceof Known known) {
      return new Known(ConstantShapes.transpose(node, known.tensor(), permutation));
    }
    long[] axes = permutation.orElse(new long[0]);
    TensorShape shape = shapeOf(node, value);
    return value instanceof Computed computed && RowTranspose.movesElements(shape, axes)
        ? RearrangingImporters.transpose(node, computed, axes)
        : withShape(node, value, RowTranspose.resolve(shape, axes));
  }
}
