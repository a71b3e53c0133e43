package io.silenda.dp.data;

import io.silenda.dp.data.DataException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * The IDX format, as the MNIST page describes it: two zero bytes, a type, the number of axes, their
 * sizes and the values, all big-endian. Gzip is recognised by its own first bytes.
 */
final class IdxArrays {
  private static final int MOST_AXES = 16;
  private static final Map<Integer, NumberType> TYPES =
      Map.of(
          0x08, NumberType.UINT8,
          0x09, NumberType.INT8,
          0x0b, NumberType.INT16,
          0x0c, NumberType.INT32,
          0x0d, NumberType.FLOAT32,
          0x0e, NumberType.FLOAT64);

  private IdxArrays() {}

  static NumberArray read(Path file) throws DataException {
    ByteBuffer bytes = unpacked(file, NpyArrays.content(file));
    if (bytes.remaining() < 8 || bytes.getShort() != 0) {
      throw new DataException(file, Reason.MALFORMED, "is no IDX file");
    }
    NumberType type = TYPES.get((int) bytes.get());
    int axes = bytes.get();
    if (type == null || axes < 1 || axes > MOST_AXES || bytes.remaining() < 4 * axes) {
      throw new DataException(file, Reason.MALFORMED, "is no IDX file of a known type");
    }
    int rows = bytes.getInt();
    long width = 1;
    for (int i = 1; i < axes; i++) {
      long axis = bytes.getInt();
      width = axis < 1 || width > Integer.MAX_VALUE ? 0 : width * axis;
    }
    long expected = rows * width * type.sizeBytes();
    if (rows < 1 || width < 1 || width > bytes.remaining() || expected != bytes.remaining()) {
      throw new DataException(
          file,
          Reason.MALFORMED,
          "the header does not agree with " + bytes.remaining() + " bytes of values");
    }
    return new NumberArray(rows, (int) width, bytes.slice(), type);
  }

  private static ByteArrayInputStream in(ByteBuffer bytes) {
    byte[] all = new byte[bytes.remaining()];
    bytes.duplicate().get(all);
    return new ByteArrayInputStream(all);
  }

  private static ByteBuffer unpacked(Path file, ByteBuffer bytes) throws DataException {
    if (bytes.remaining() < 2 || bytes.get(0) != 0x1f || (bytes.get(1) & 0xff) != 0x8b) {
      return bytes;
    }
    int most = (int) Math.min(Integer.MAX_VALUE - 8L, Runtime.getRuntime().maxMemory() / 4);
    try (GZIPInputStream in = new GZIPInputStream(in(bytes))) {
      byte[] all = in.readNBytes(most);
      if (all.length == most) {
        throw new DataException(file, Reason.TOO_LARGE, "the file does not fit into memory");
      }
      return ByteBuffer.wrap(all);
    } catch (IOException e) {
      throw new DataException(file, Reason.MALFORMED, "is damaged gzip");
    }
  }
}
