package io.silenda.dp.data;

import java.nio.ByteBuffer;

/** An array of numbers as a file holds it; the first axis counts rows. */
final class NumberArray {
  private final int rows;
  private final int width;
  private final ByteBuffer bytes;
  private final NumberType type;

  NumberArray(int rows, int width, ByteBuffer bytes, NumberType type) {
    this.rows = rows;
    this.width = width;
    this.bytes = bytes;
    this.type = type;
  }

  int rows() {
    return rows;
  }

  int width() {
    return width;
  }

  double value(int index) {
    return type.at(bytes, index * type.sizeBytes());
  }
}
