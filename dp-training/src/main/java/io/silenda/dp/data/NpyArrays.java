package io.silenda.dp.data;

import io.silenda.dp.data.DataException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NumPy's array files ({@code numpy.lib.format}, versions 1.0 to 3.0), row-major. The file must
 * hold exactly what its header says.
 */
final class NpyArrays {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern DESCRIPTOR = Pattern.compile("'descr': *'([<>|=])([a-z][0-9]+)'");
  private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9, ]{1,200})\\)");
  private static final Map<String, NumberType> TYPES =
      Map.of(
          "u1", NumberType.UINT8,
          "b1", NumberType.UINT8,
          "i1", NumberType.INT8,
          "i2", NumberType.INT16,
          "u2", NumberType.UINT16,
          "i4", NumberType.INT32,
          "u4", NumberType.UINT32,
          "i8", NumberType.INT64,
          "f4", NumberType.FLOAT32,
          "f8", NumberType.FLOAT64);

  private NpyArrays() {}

  static NumberArray read(Path file) throws DataException {
    ByteBuffer bytes = content(file).order(ByteOrder.LITTLE_ENDIAN);
    for (byte expected : MAGIC) {
      if (!bytes.hasRemaining() || bytes.get() != expected) {
        throw new DataException(file, Reason.MALFORMED, "is no NumPy array file");
      }
    }
    String header = header(file, bytes);
    Matcher descriptor = DESCRIPTOR.matcher(header);
    Matcher shape = SHAPE.matcher(header);
    if (!descriptor.find() || !shape.find() || !header.contains("'fortran_order': False")) {
      throw new DataException(file, Reason.MALFORMED, "is no row-major array of plain numbers");
    }
    NumberType type = TYPES.get(descriptor.group(2));
    if (type == null) {
      throw new DataException(
          file, Reason.MALFORMED, "element type " + descriptor.group(2) + " is not supported");
    }
    ByteOrder order =
        descriptor.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return array(file, bytes.slice().order(order), type, shape.group(1).split(",", -1));
  }

  /** The file's bytes, if an array can hold them. */
  static ByteBuffer content(Path file) throws DataException {
    if (!Files.isRegularFile(file)) {
      throw new DataException(file, Reason.UNREADABLE, "there is no regular file at this path");
    }
    try {
      if (Files.size(file)
          > Math.min(Integer.MAX_VALUE - 8L, Runtime.getRuntime().maxMemory() / 2)) {
        throw new DataException(file, Reason.TOO_LARGE, "the file does not fit into memory");
      }
      return ByteBuffer.wrap(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new DataException(
          file, Reason.UNREADABLE, "cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static String header(Path file, ByteBuffer bytes) throws DataException {
    if (bytes.remaining() < 4) {
      throw new DataException(file, Reason.MALFORMED, "the file ends in its header");
    }
    int major = bytes.get();
    bytes.get();
    if (major < 1 || major > 3 || (major > 1 && bytes.remaining() < 4)) {
      throw new DataException(file, Reason.MALFORMED, "format version " + major + " is not known");
    }
    int length = major == 1 ? bytes.getShort() & 0xffff : bytes.getInt();
    if (length < 0 || length > bytes.remaining()) {
      throw new DataException(file, Reason.MALFORMED, "the file ends in its header");
    }
    byte[] text = new byte[length];
    bytes.get(text);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static NumberArray array(Path file, ByteBuffer values, NumberType type, String[] sizes)
      throws DataException {
    long rows = -1;
    long width = 1;
    for (String size : sizes) {
      if (!size.isBlank()) {
        long axis =
            Long.parseLong("0" + size.strip().substring(0, Math.min(size.strip().length(), 10)));
        width = rows < 0 ? 1 : width * axis;
        rows = rows < 0 ? axis : rows;
      }
      if (width < 1 || rows < 1 || width > Integer.MAX_VALUE) {
        break;
      }
    }
    if (rows < 1
        || width < 1
        || width > values.remaining()
        || rows > values.remaining()
        || rows * width * type.sizeBytes() != values.remaining()) {
      throw new DataException(
          file,
          Reason.MALFORMED,
          "the header promises "
              + rows
              + " rows of "
              + width
              + " numbers, the file has "
              + values.remaining()
              + " bytes");
    }
    return new NumberArray((int) rows, (int) width, values, type);
  }
}
