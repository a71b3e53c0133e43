package io.silenda.infer.enclave;

import io.silenda.infer.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A tensor as bytes, little-endian: {@code SLT1}, number of axes (1 byte), their sizes (4 bytes
 * each), the values (4 bytes each). What is sealed holds one.
 */
public final class TensorContent {
  private static final int MAGIC = 0x31544c53;
  private static final int MAX_AXES = 8;
  private static final int HEADER_BYTES = Integer.BYTES + 1;

  private TensorContent() {}

  /** The bytes of a tensor. */
  public static byte[] encode(Tensor tensor) {
    int[] shape = tensor.shape();
    if (shape.length > MAX_AXES) {
      throw new IllegalArgumentException(
          "tensor has " + shape.length + " axes, must have at most " + MAX_AXES);
    }
    float[] values = tensor.values();
    int size =
        Math.addExact(
            HEADER_BYTES + Integer.BYTES * shape.length,
            Math.multiplyExact(Float.BYTES, values.length));
    ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(MAGIC).put((byte) shape.length);
    for (int axis : shape) {
      buffer.putInt(axis);
    }
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }

  /**
   * Reads a tensor; allocates no more than the bytes hold.
   *
   * @throws EnclaveException with {@link EnclaveException.Reason#BAD_TENSOR} if they are anything
   *     but one tensor
   */
  public static Tensor decode(byte[] bytes) throws EnclaveException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < HEADER_BYTES || buffer.getInt() != MAGIC) {
      throw bad();
    }
    int axes = buffer.get();
    if (axes < 1 || axes > MAX_AXES || buffer.remaining() < axes * Integer.BYTES) {
      throw bad();
    }
    int[] shape = new int[axes];
    long count = 1;
    for (int axis = 0; axis < axes; axis++) {
      shape[axis] = buffer.getInt();
      // Stays below 2^62: both factors are.
      count *= shape[axis];
      if (shape[axis] < 1 || count > bytes.length) {
        throw bad();
      }
    }
    if (buffer.remaining() != count * Float.BYTES) {
      throw bad();
    }
    float[] values = new float[(int) count];
    buffer.asFloatBuffer().get(values);
    return Tensor.of(shape, values);
  }

  private static EnclaveException bad() {
    return new EnclaveException(EnclaveException.Reason.BAD_TENSOR, "these bytes are no tensor");
  }
}
