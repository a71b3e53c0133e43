package io.silenda.infer.graph;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.silenda.infer.graph.OnnxImportException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Turns tensor messages into constants, comparing every claimed size with the bytes present. */
final class TensorReader {
  private static final int MAX_RANK = 16;

  private final ExternalData externalData;
  private final WorkBudget budget;

  TensorReader(ExternalData externalData, WorkBudget budget) {
    this.externalData = externalData;
    this.budget = budget;
  }

  ConstantTensor read(TensorProto tensor) throws OnnxImportException {
    TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getDataType());
    if (type == null) {
      throw unsupportedType(tensor);
    }
    int[] dimensions = dimensions(tensor);
    long count = product(tensor, dimensions);
    return switch (type) {
      case FLOAT -> reals(tensor, dimensions, typed(tensor, count, 4), ByteBuffer::getFloat);
      case DOUBLE -> reals(tensor, dimensions, typed(tensor, count, 8), ByteBuffer::getDouble);
      case FLOAT16 -> reals(tensor, dimensions, typed(tensor, count, 2), TensorReader::half);
      case INT64 -> integers(tensor, dimensions, typed(tensor, count, 8), ByteBuffer::getLong);
      case INT32 -> integers(tensor, dimensions, typed(tensor, count, 4), ByteBuffer::getInt);
      case BOOL -> integers(tensor, dimensions, typed(tensor, count, 1), ByteBuffer::get);
      default -> throw unsupportedType(tensor);
    };
  }

  /** The bytes of a tensor in external data, so that they can be stored in the message itself. */
  ByteString externalBytes(TensorProto tensor) throws OnnxImportException {
    int size =
        switch (tensor.getDataType()) {
          case TensorProto.DataType.FLOAT_VALUE, TensorProto.DataType.INT32_VALUE -> 4;
          case TensorProto.DataType.DOUBLE_VALUE, TensorProto.DataType.INT64_VALUE -> 8;
          case TensorProto.DataType.FLOAT16_VALUE -> 2;
          case TensorProto.DataType.BOOL_VALUE -> 1;
          default -> throw unsupportedType(tensor);
        };
    long count = product(tensor, dimensions(tensor));
    budget.charge(count);
    return externalData.read(tensor, count * size);
  }

  static boolean isExternal(TensorProto tensor) {
    return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
  }

  /** Little-endian bytes of the values; empty where they are in a typed list of that length. */
  private ByteBuffer typed(TensorProto tensor, long count, int elementBytes)
      throws OnnxImportException {
    ByteString bytes = tensor.getRawData();
    if (isExternal(tensor)) {
      budget.charge(count);
      bytes = externalData.read(tensor, count * elementBytes);
    } else if (!tensor.hasRawData()) {
      requireCount(tensor, count, typedCount(tensor));
      budget.charge(count);
      return ByteBuffer.allocate(0);
    }
    if (bytes.size() != count * elementBytes) {
      throw invalid(
          tensor,
          "has " + bytes.size() + " bytes of values, its dimensions need " + count * elementBytes);
    }
    budget.charge(isExternal(tensor) ? 0 : count);
    return bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int typedCount(TensorProto tensor) {
    return switch (tensor.getDataType()) {
      case TensorProto.DataType.FLOAT_VALUE -> tensor.getFloatDataCount();
      case TensorProto.DataType.DOUBLE_VALUE -> tensor.getDoubleDataCount();
      case TensorProto.DataType.INT64_VALUE -> tensor.getInt64DataCount();
      default -> tensor.getInt32DataCount();
    };
  }

  private static ConstantTensor reals(
      TensorProto tensor, int[] dimensions, ByteBuffer bytes, RealReader reader) {
    if (bytes.hasRemaining()) {
      double[] values = new double[count(dimensions)];
      for (int i = 0; i < values.length; i++) {
        values[i] = reader.next(bytes);
      }
      return ConstantTensor.ofReals(dimensions, values);
    }
    return ConstantTensor.ofReals(dimensions, typedReals(tensor));
  }

  private static double[] typedReals(TensorProto tensor) {
    return switch (tensor.getDataType()) {
      case TensorProto.DataType.FLOAT_VALUE ->
          tensor.getFloatDataList().stream().mapToDouble(Float::doubleValue).toArray();
      case TensorProto.DataType.DOUBLE_VALUE -> toArray(tensor.getDoubleDataList());
      default ->
          tensor.getInt32DataList().stream()
              .mapToDouble(bits -> halfToDouble(bits.shortValue()))
              .toArray();
    };
  }

  private static ConstantTensor integers(
      TensorProto tensor, int[] dimensions, ByteBuffer bytes, IntegerReader reader)
      throws OnnxImportException {
    long[] values = new long[count(dimensions)];
    boolean wide = tensor.getDataType() == TensorProto.DataType.INT64_VALUE;
    for (int i = 0; i < values.length; i++) {
      values[i] =
          bytes.hasRemaining()
              ? reader.next(bytes)
              : wide ? tensor.getInt64Data(i) : tensor.getInt32Data(i);
      if (values[i] == ConstantTensor.BATCH) {
        throw invalid(tensor, "has an integer out of range");
      }
    }
    return ConstantTensor.ofIntegers(dimensions, values);
  }

  private static double[] toArray(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static int[] dimensions(TensorProto tensor) throws OnnxImportException {
    if (tensor.getDimsCount() > MAX_RANK || tensor.hasSegment()) {
      throw invalid(tensor, "has too many dimensions or is a segment");
    }
    int[] dimensions = new int[tensor.getDimsCount()];
    for (int axis = 0; axis < dimensions.length; axis++) {
      long dimension = tensor.getDims(axis);
      if (dimension < 0 || dimension > Integer.MAX_VALUE) {
        throw invalid(tensor, "has dimension " + dimension);
      }
      dimensions[axis] = (int) dimension;
    }
    return dimensions;
  }

  private static long product(TensorProto tensor, int[] dimensions) throws OnnxImportException {
    long product = 1;
    for (int dimension : dimensions) {
      // Both factors are below 2^31.
      product *= dimension;
      if (product > ModelFile.MAX_BYTES) {
        throw new OnnxImportException(
            Reason.TOO_LARGE,
            "tensor " + Text.name(tensor.getName()) + " claims more than 2^30 values");
      }
    }
    return product;
  }

  private static int count(int[] dimensions) {
    int count = 1;
    for (int dimension : dimensions) {
      count *= dimension;
    }
    return count;
  }

  private static double half(ByteBuffer bytes) {
    return halfToDouble(bytes.getShort());
  }

  /** IEEE 754 binary16. */
  static double halfToDouble(short bits) {
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    double magnitude;
    if (exponent == 0x1f) {
      magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (exponent == 0) {
      magnitude = Math.scalb((double) fraction, -24);
    } else {
      magnitude = Math.scalb(0x400 + (double) fraction, exponent - 25);
    }
    return bits < 0 ? -magnitude : magnitude;
  }

  private static void requireCount(TensorProto tensor, long count, int present)
      throws OnnxImportException {
    if (count != present) {
      throw invalid(tensor, "has " + present + " values, its dimensions need " + count);
    }
  }

  private static OnnxImportException invalid(TensorProto tensor, String detail) {
    return new OnnxImportException(
        Reason.INVALID_GRAPH, "tensor " + Text.name(tensor.getName()) + " " + detail);
  }

  private static OnnxImportException unsupportedType(TensorProto tensor) {
    return new OnnxImportException(
        Reason.UNSUPPORTED_GRAPH,
        "tensor "
            + Text.name(tensor.getName())
            + " has element type "
            + tensor.getDataType()
            + "; float, double, float16, int32, int64 and bool are read");
  }

  @FunctionalInterface
  private interface RealReader {
    double next(ByteBuffer bytes);
  }

  @FunctionalInterface
  private interface IntegerReader {
    long next(ByteBuffer bytes);
  }
}
