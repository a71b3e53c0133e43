package io.silenda.infer.enclave.paging;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxJavaType;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;

/** Element types whose tensors are paged; those of others stay in the skeleton. */
final class ElementTypes {
  private static final Map<Integer, OnnxJavaType> PAGED =
      Map.of(
          TensorProto.DataType.FLOAT_VALUE, OnnxJavaType.FLOAT,
          TensorProto.DataType.DOUBLE_VALUE, OnnxJavaType.DOUBLE,
          TensorProto.DataType.FLOAT16_VALUE, OnnxJavaType.FLOAT16,
          TensorProto.DataType.INT8_VALUE, OnnxJavaType.INT8,
          TensorProto.DataType.UINT8_VALUE, OnnxJavaType.UINT8);

  private ElementTypes() {}

  static OnnxJavaType javaType(int type) {
    OnnxJavaType javaType = PAGED.get(type);
    if (javaType == null) {
      throw new IllegalArgumentException("type " + type + " is not paged");
    }
    return javaType;
  }

  /** The little-endian values of a tensor that can be paged. */
  static Optional<ByteString> values(TensorProto tensor) {
    if (!PAGED.containsKey(tensor.getDataType())) {
      return Optional.empty();
    }
    if (tensor.hasRawData()) {
      return Optional.of(tensor.getRawData());
    }
    if (tensor.getFloatDataCount() == 0) {
      return Optional.empty();
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(tensor.getFloatDataCount() * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    tensor.getFloatDataList().forEach(bytes::putFloat);
    return Optional.of(ByteString.copyFrom(bytes.flip()));
  }
}
