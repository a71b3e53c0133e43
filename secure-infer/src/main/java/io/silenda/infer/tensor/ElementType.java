package io.silenda.infer.tensor;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Element types of array files, with the conversion of one little-endian element by value. */
enum ElementType {
  FLOAT32("<f4", 4, ByteBuffer::getFloat),
  FLOAT64("<f8", 8, ByteBuffer::getDouble),
  UINT8("|u1", 1, data -> data.get() & 0xff),
  INT8("|i1", 1, ByteBuffer::get),
  INT16("<i2", 2, ByteBuffer::getShort),
  INT32("<i4", 4, ByteBuffer::getInt),
  INT64("<i8", 8, ByteBuffer::getLong),
  UINT16("<u2", 2, data -> data.getShort() & 0xffff),
  UINT32("<u4", 4, data -> data.getInt() & 0xffffffffL),
  BOOL("|b1", 1, data -> data.get() == 0 ? 0 : 1);

  private final String descriptor;
  private final int sizeBytes;

  // Each is a lambda without state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Reader reader;

  ElementType(String descriptor, int sizeBytes, Reader reader) {
    this.descriptor = descriptor;
    this.sizeBytes = sizeBytes;
    this.reader = reader;
  }

  static Optional<ElementType> of(String descriptor) {
    for (ElementType type : values()) {
      if (type.descriptor.equals(descriptor)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  int sizeBytes() {
    return sizeBytes;
  }

  /** The next element of a little-endian buffer; 64-bit integers are rounded to 53 bits. */
  double next(ByteBuffer data) {
    return reader.read(data);
  }

  @FunctionalInterface
  private interface Reader {
    double read(ByteBuffer data);
  }
}
