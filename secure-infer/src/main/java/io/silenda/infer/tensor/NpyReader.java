package io.silenda.infer.tensor;

import io.silenda.infer.tensor.NpyFormatException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads one array file. */
final class NpyReader {
  private static final int PREFIX_BYTES = 8;
  private static final int MAX_HEADER_BYTES = 1 << 20;
  private static final int CHUNK_BYTES = 1 << 16;
  private static final int MAX_AXES = 32;
  // The longest array that every JVM can make.
  private static final long MAX_VALUES = Integer.MAX_VALUE - 8L;

  private final Path file;
  private final FileChannel channel;
  private final long sizeBytes;

  private NpyReader(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.sizeBytes = channel.size();
  }

  static Tensor read(Path file) throws NpyFormatException {
    // A pipe or device is refused before opening it could block.
    if (!Files.isRegularFile(file)) {
      throw new NpyFormatException(file, Reason.MISSING, "there is no regular file at this path");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new NpyReader(file, channel).read();
    } catch (IOException e) {
      throw new NpyFormatException(
          file, Reason.UNREADABLE, "cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  private Tensor read() throws IOException, NpyFormatException {
    if (sizeBytes == 0) {
      throw refuse(Reason.EMPTY, "the file is empty");
    }
    NpyHeader header = header(headerBytes());
    if (header.descriptor().isEmpty()) {
      throw refuse(Reason.UNSUPPORTED_TYPE, "structured element types are not supported");
    }
    ElementType type = elementType(header.descriptor().get());
    if (header.fortranOrder()) {
      throw refuse(
          Reason.FORTRAN_ORDER,
          "values are in Fortran order; save np.ascontiguousarray(x) instead");
    }
    int[] shape = shape(header.shape(), type);
    return Tensor.adopt(shape, values(shape, type));
  }

  /** Reads up to the first value and returns the length of the header. */
  private int headerBytes() throws IOException, NpyFormatException {
    byte[] prefix = bytes((int) Math.min(PREFIX_BYTES, sizeBytes));
    if (!Npy.startsWithMagic(prefix)) {
      throw refuse(Reason.NOT_NPY, "not a NumPy array file (.npz archives are not read either)");
    }
    requireBytes(PREFIX_BYTES);
    int major = prefix[6] & 0xff;
    int minor = prefix[7] & 0xff;
    if (major < 1 || major > 3 || minor != 0) {
      throw refuse(
          Reason.UNSUPPORTED_VERSION,
          "format version " + major + "." + minor + " is not 1.0, 2.0 or 3.0");
    }
    int lengthBytes = major == 1 ? 2 : 4;
    requireBytes(PREFIX_BYTES + lengthBytes);
    ByteBuffer length = ByteBuffer.wrap(bytes(lengthBytes)).order(ByteOrder.LITTLE_ENDIAN);
    long headerBytes = major == 1 ? length.getShort() & 0xffff : length.getInt() & 0xffffffffL;
    requireBytes(PREFIX_BYTES + lengthBytes + headerBytes);
    if (headerBytes > MAX_HEADER_BYTES) {
      throw refuse(
          Reason.MALFORMED_HEADER, "the header is longer than " + MAX_HEADER_BYTES + " bytes");
    }
    return (int) headerBytes;
  }

  private NpyHeader header(int headerBytes) throws IOException, NpyFormatException {
    // The keys and types of the format are ASCII in every version; other bytes match none of them.
    String text = new String(bytes(headerBytes), StandardCharsets.ISO_8859_1);
    try {
      return NpyHeader.parse(text);
    } catch (IllegalArgumentException e) {
      throw refuse(Reason.MALFORMED_HEADER, String.valueOf(e.getMessage()));
    }
  }

  private ElementType elementType(String descriptor) throws NpyFormatException {
    if (descriptor.startsWith(">") && ElementType.of("<" + descriptor.substring(1)).isPresent()) {
      throw refuse(
          Reason.BYTE_ORDER,
          String.format(
              Locale.ROOT,
              "values are big-endian; save x.astype('<%s') instead",
              descriptor.substring(1)));
    }
    return ElementType.of(descriptor)
        .orElseThrow(
            () ->
                refuse(
                    Reason.UNSUPPORTED_TYPE,
                    "element type "
                        + printable(descriptor)
                        + " is not supported; save x.astype('<f4') instead"));
  }

  private int[] shape(List<Long> sizes, ElementType type) throws NpyFormatException {
    if (sizes.isEmpty() || sizes.size() > MAX_AXES) {
      throw refuse(
          Reason.SHAPE, "the array has " + sizes.size() + " axes, must have 1 to " + MAX_AXES);
    }
    if (sizes.contains(0L)) {
      throw refuse(Reason.EMPTY, "the array has no values: shape " + sizes);
    }
    long count = 1;
    for (long size : sizes) {
      if (size > MAX_VALUES / count) {
        throw refuse(Reason.TOO_LARGE, "shape " + sizes + " has more than 2^31 - 9 values");
      }
      count *= size;
    }
    requireExactly(count * type.sizeBytes());
    if (count * Float.BYTES > Runtime.getRuntime().maxMemory()) {
      throw refuse(Reason.TOO_LARGE, "shape " + sizes + " needs more memory than the JVM may use");
    }
    return sizes.stream().mapToInt(Math::toIntExact).toArray();
  }

  private void requireExactly(long dataBytes) throws NpyFormatException {
    long remaining = remainingBytes();
    if (remaining != dataBytes) {
      throw refuse(
          remaining < dataBytes ? Reason.TRUNCATED : Reason.TRAILING_BYTES,
          "the header promises " + dataBytes + " bytes of values, the file has " + remaining);
    }
  }

  private float[] values(int[] shape, ElementType type) throws IOException, NpyFormatException {
    int count = 1;
    for (int size : shape) {
      count *= size;
    }
    float[] values = new float[count];
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    chunk.flip();
    for (int index = 0; index < count; index++) {
      if (!chunk.hasRemaining()) {
        long left = (count - (long) index) * type.sizeBytes();
        fill(chunk.clear().limit((int) Math.min(CHUNK_BYTES, left)));
      }
      double value = type.next(chunk);
      values[index] = (float) value;
      if (!Float.isFinite(values[index])) {
        throw notFinite(index, shape, value);
      }
    }
    return values;
  }

  private NpyFormatException notFinite(int index, int[] shape, double value) {
    int[] indices = new int[shape.length];
    int rest = index;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      indices[axis] = rest % shape[axis];
      rest /= shape[axis];
    }
    String what =
        Double.isNaN(value) ? "NaN" : Double.isInfinite(value) ? "Inf" : "too large for float32";
    return refuse(Reason.NOT_FINITE, "the value at " + Arrays.toString(indices) + " is " + what);
  }

  private byte[] bytes(int count) throws IOException, NpyFormatException {
    byte[] bytes = new byte[count];
    fill(ByteBuffer.wrap(bytes));
    return bytes;
  }

  private void fill(ByteBuffer buffer) throws IOException, NpyFormatException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw refuse(Reason.TRUNCATED, "the file became shorter while it was read");
      }
    }
    buffer.flip();
  }

  private void requireBytes(long needed) throws NpyFormatException {
    if (sizeBytes < needed) {
      throw refuse(Reason.TRUNCATED, "the file ends inside its header");
    }
  }

  private long remainingBytes() throws NpyFormatException {
    try {
      return sizeBytes - channel.position();
    } catch (IOException e) {
      throw refuse(Reason.UNREADABLE, "cannot be read");
    }
  }

  private NpyFormatException refuse(Reason reason, String detail) {
    return new NpyFormatException(file, reason, detail);
  }

  private static String printable(String text) {
    String safe = text.replaceAll("[^ -~]", "?");
    return "'" + (safe.length() > 20 ? safe.substring(0, 20) + "…" : safe) + "'";
  }
}
