package io.silenda.infer.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Makes array files for tests, correct and broken. */
final class NpyFiles {
  private NpyFiles() {}

  /** A file of version 1.0 with any header text and data. */
  static byte[] file(String header, byte[] data) {
    return file(1, header + "\n", data);
  }

  /** A file of any major version; the header is taken as it is. */
  static byte[] file(int major, String header, byte[] data) {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer file =
        ByteBuffer.allocate(8 + (major == 1 ? 2 : 4) + text.length + data.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    file.put((byte) major).put((byte) 0);
    if (major == 1) {
      file.putShort((short) text.length);
    } else {
      file.putInt(text.length);
    }
    return file.put(text).put(data).array();
  }

  static String header(String descriptor, String shape) {
    return "{'descr': '" + descriptor + "', 'fortran_order': False, 'shape': " + shape + ", }";
  }

  static byte[] array(String descriptor, String shape, byte[] data) {
    return file(header(descriptor, shape), data);
  }

  static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
