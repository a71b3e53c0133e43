package io.silenda.infer.bundle;

import io.silenda.infer.bundle.BundleFormatException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a bundle's content strictly: every number within the range that its reader names, every
 * count compared with the bytes that are left before anything is allocated, and no byte left over.
 */
final class ContentReader {
  private final String name;
  private final int version;
  private final ByteBuffer bytes;

  /**
   * @param name file name, for messages
   */
  ContentReader(String name, BundleFrame.Content content) {
    this.name = name;
    this.version = content.version();
    this.bytes = ByteBuffer.wrap(content.bytes());
  }

  /** Reads one kind of value. */
  interface Part<T> {
    T read(ContentReader reader) throws BundleFormatException;
  }

  /** A whole content: what its constructors refuse and what is left over is malformed. */
  static <T> T readAll(String name, BundleFrame.Content content, Part<T> part)
      throws BundleFormatException {
    ContentReader reader = new ContentReader(name, content);
    T value;
    try {
      value = part.read(reader);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw reader.malformed(String.valueOf(e.getMessage()));
    }
    if (reader.bytes.hasRemaining()) {
      throw reader.malformed(reader.bytes.remaining() + " bytes too many");
    }
    return value;
  }

  /** The version that wrote the content. */
  int version() {
    return version;
  }

  BundleFormatException malformed(String detail) {
    return new BundleFormatException(
        Reason.MALFORMED, name + ": malformed: " + detail.lines().findFirst().orElse(""));
  }

  private void need(long count) throws BundleFormatException {
    if (count > bytes.remaining()) {
      throw malformed("needs " + count + " more bytes, " + bytes.remaining() + " are left");
    }
  }

  int tag(String field, int max) throws BundleFormatException {
    need(1);
    int value = Byte.toUnsignedInt(bytes.get());
    if (value > max) {
      throw malformed(field + " has the unknown kind " + value);
    }
    return value;
  }

  int int32(String field, int min, int max) throws BundleFormatException {
    need(Integer.BYTES);
    int value = bytes.getInt();
    if (value < min || value > max) {
      throw malformed(field + " is " + value + ", not in " + min + ".." + max);
    }
    return value;
  }

  double float64(String field, double min, double max) throws BundleFormatException {
    need(Double.BYTES);
    double value = bytes.getDouble();
    if (!(value >= min && value <= max)) {
      throw malformed(field + " is " + value + ", not in " + min + ".." + max);
    }
    return value;
  }

  byte[] bytes(int count) throws BundleFormatException {
    need(count);
    byte[] value = new byte[count];
    bytes.get(value);
    return value;
  }

  String text(String field, int maxBytes) throws BundleFormatException {
    int length = int32("length of " + field, 0, maxBytes);
    need(length);
    ByteBuffer encoded = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(encoded).toString();
    } catch (CharacterCodingException e) {
      throw malformed(field + " is not UTF-8");
    }
  }

  int[] ints(String field, int min, int max, int maxCount) throws BundleFormatException {
    int count = int32("count of " + field, 0, maxCount);
    need((long) count * Integer.BYTES);
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = int32(field, min, max);
    }
    return values;
  }

  /** Sizes of the dimensions of a row, whose product is at most {@code maxElements}. */
  List<Integer> shape(String field, int maxDimensions, int maxElements)
      throws BundleFormatException {
    int[] sizes = ints(field, 1, maxElements, maxDimensions);
    long elements = 1;
    for (int size : sizes) {
      elements *= size;
      if (elements > maxElements) {
        throw malformed(field + " has more than " + maxElements + " elements");
      }
    }
    return Arrays.stream(sizes).boxed().toList();
  }

  double[] doubles(String field, int maxCount) throws BundleFormatException {
    int count = int32("count of " + field, 0, maxCount);
    need((long) count * Double.BYTES);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = float64(field, -Double.MAX_VALUE, Double.MAX_VALUE);
    }
    return values;
  }

  /** A list whose parts each take at least {@code minBytesEach}. */
  <T> List<T> list(String field, int maxCount, int minBytesEach, Part<T> part)
      throws BundleFormatException {
    int count = int32("count of " + field, 0, maxCount);
    need((long) count * minBytesEach);
    List<T> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(part.read(this));
    }
    return values;
  }
}
