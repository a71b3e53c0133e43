package io.silenda.infer.bundle;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** Writes a bundle's content, big-endian; {@link ContentReader} reads it back. */
final class ContentWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  private interface Write {
    void run() throws IOException;
  }

  private ContentWriter write(Write write) {
    try {
      write.run();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("an array in memory takes every write", e);
    }
  }

  ContentWriter tag(int value) {
    return write(() -> out.writeByte(value));
  }

  ContentWriter int32(int value) {
    return write(() -> out.writeInt(value));
  }

  ContentWriter float64(double value) {
    return write(() -> out.writeDouble(value));
  }

  ContentWriter bytes(byte[] value) {
    return write(() -> out.write(value));
  }

  ContentWriter text(String value) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    return int32(encoded.length).bytes(encoded);
  }

  ContentWriter ints(int[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(values.length, Integer.BYTES));
    buffer.asIntBuffer().put(values);
    return int32(values.length).bytes(buffer.array());
  }

  ContentWriter ints(Collection<Integer> values) {
    return ints(values.stream().mapToInt(Integer::intValue).toArray());
  }

  ContentWriter doubles(double[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES));
    buffer.asDoubleBuffer().put(values);
    return int32(values.length).bytes(buffer.array());
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
