package io.silenda.dp.data;

import java.nio.ByteBuffer;

/** Types of array elements, in the byte order of their buffer. */
enum NumberType {
  UINT8(1),
  INT8(1),
  INT16(2),
  UINT16(2),
  INT32(4),
  UINT32(4),
  INT64(8),
  FLOAT32(4),
  FLOAT64(8);

  private final int sizeBytes;

  NumberType(int sizeBytes) {
    this.sizeBytes = sizeBytes;
  }

  int sizeBytes() {
    return sizeBytes;
  }

  double at(ByteBuffer bytes, int offset) {
    return switch (this) {
      case UINT8 -> bytes.get(offset) & 0xff;
      case INT8 -> bytes.get(offset);
      case INT16 -> bytes.getShort(offset);
      case UINT16 -> bytes.getShort(offset) & 0xffff;
      case INT32 -> bytes.getInt(offset);
      case UINT32 -> bytes.getInt(offset) & 0xffffffffL;
      case INT64 -> bytes.getLong(offset);
      case FLOAT32 -> bytes.getFloat(offset);
      case FLOAT64 -> bytes.getDouble(offset);
    };
  }
}
