package io.silenda.infer.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.silenda.infer.graph.OnnxImportException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The only input of a model.
 *
 * @param name its name
 * @param row shape of one row
 * @param fixedBatch number of rows, where the model fixes it
 */
record InputSignature(String name, TensorShape row, OptionalInt fixedBatch) {
  private static final int MAX_NAMED = 4;

  /** Finds the input that is no initializer and checks its type and shape. */
  static InputSignature of(GraphProto graph, TensorTable tensors) throws OnnxImportException {
    List<ValueInfoProto> inputs =
        graph.getInputList().stream()
            .filter(input -> !tensors.isInitializer(input.getName()))
            .toList();
    if (inputs.size() != 1) {
      throw new OnnxImportException(
          Reason.UNSUPPORTED_GRAPH,
          "the model has "
              + inputs.size()
              + " inputs"
              + names(inputs)
              + ", must have one: export it with all features in one tensor, and split that inside"
              + " the model (Slice, Split)");
    }
    ValueInfoProto input = inputs.get(0);
    TypeProto.Tensor type = input.getType().getTensorType();
    if (type.getElemType() != DataType.FLOAT_VALUE && type.getElemType() != DataType.DOUBLE_VALUE) {
      throw new OnnxImportException(
          Reason.UNSUPPORTED_GRAPH,
          "input "
              + Text.name(input.getName())
              + " must be a float or double tensor: save the model in float32");
    }
    List<Dimension> dimensions = type.getShape().getDimList();
    if (!type.hasShape() || dimensions.size() < 2) {
      throw new OnnxImportException(
          Reason.DYNAMIC_SHAPE,
          "input "
              + Text.name(input.getName())
              + " must have a batch axis and at least one axis of known size: export the model on an"
              + " example with a batch axis in front");
    }
    return new InputSignature(input.getName(), row(input.getName(), dimensions), batch(dimensions));
  }

  private static String names(List<ValueInfoProto> inputs) {
    return inputs.stream()
        .limit(MAX_NAMED)
        .map(input -> Text.name(input.getName()))
        .collect(Collectors.joining(", ", " (", inputs.size() > MAX_NAMED ? ", ...)" : ")"));
  }

  private static TensorShape row(String name, List<Dimension> dimensions)
      throws OnnxImportException {
    List<Integer> sizes = new ArrayList<>();
    for (int axis = 1; axis < dimensions.size(); axis++) {
      Dimension dimension = dimensions.get(axis);
      if (!dimension.hasDimValue()) {
        String parameter =
            dimension.getDimParam().isEmpty()
                ? ""
                : " (\"" + Text.name(dimension.getDimParam()) + "\")";
        throw new OnnxImportException(
            Reason.DYNAMIC_SHAPE,
            "dimension "
                + axis
                + parameter
                + " of input "
                + Text.name(name)
                + " has no fixed size: export the model with only the first axis dynamic");
      }
      long size = dimension.getDimValue();
      if (size < 1 || size > TensorShape.MAX_ELEMENTS) {
        throw new OnnxImportException(
            size < 1 ? Reason.DYNAMIC_SHAPE : Reason.TOO_LARGE,
            "dimension " + axis + " of input " + Text.name(name) + " is " + size);
      }
      sizes.add((int) size);
    }
    try {
      return new TensorShape(sizes);
    } catch (IllegalArgumentException e) {
      throw new OnnxImportException(Reason.TOO_LARGE, "the input's " + e.getMessage(), e);
    }
  }

  private static OptionalInt batch(List<Dimension> dimensions) {
    long size = dimensions.get(0).getDimValue();
    return size >= 1 && size <= Integer.MAX_VALUE
        ? OptionalInt.of((int) size)
        : OptionalInt.empty();
  }
}
