package io.silenda.dp.run;

import io.silenda.dp.data.LabelledRows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Rows as a NumPy array file, version 1.0, float32. */
final class NpyFile {
  private static final int PREFIX = 10;
  private static final int ALIGNMENT = 64;

  private NpyFile() {}

  static byte[] content(LabelledRows rows, int most) {
    int count = Math.min(most, rows.count());
    String text =
        "{'descr': '<f4', 'fortran_order': False, 'shape': ("
            + count
            + ", "
            + rows.width()
            + "), }";
    int length = -Math.floorDiv(-(PREFIX + text.length() + 1), ALIGNMENT) * ALIGNMENT;
    String header = text + " ".repeat(length - PREFIX - text.length() - 1) + "\n";
    int numbers = Math.multiplyExact(count, rows.width());
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.addExact(length, Math.multiplyExact(Float.BYTES, numbers)))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    bytes.put((byte) 1).put((byte) 0).putShort((short) (length - PREFIX));
    bytes.put(header.getBytes(StandardCharsets.US_ASCII));
    float[] values = rows.values();
    for (int i = 0; i < numbers; i++) {
      bytes.putFloat(values[i]);
    }
    return bytes.array();
  }
}
