package io.silenda.infer.tensor;

import io.silenda.infer.files.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * NumPy's array files. Reading is strict: the file must hold exactly what its header says, and
 * nothing is allocated before the header's claims are compared with the file's size.
 *
 * <p>Format: NumPy Enhancement Proposal 1 and {@code numpy.lib.format}.
 */
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int HEADER_ALIGNMENT_BYTES = 64;
  private static final int CHUNK_BYTES = 1 << 16;

  private Npy() {}

  /**
   * Reads versions 1.0, 2.0 and 3.0 with little-endian elements of type float32, float64, int8 to
   * int64, uint8 to uint32 or bool, in row-major order. Values are converted to float32 by value,
   * never scaled.
   *
   * @throws NpyFormatException if the file is missing or refused
   */
  public static Tensor read(Path file) throws NpyFormatException {
    return NpyReader.read(file);
  }

  /**
   * Writes version 1.0 with float32 elements. The file appears complete or not at all: it is
   * written beside its place and moved.
   *
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, Tensor tensor) throws IOException {
    AtomicFile.write(file, AtomicFile.Access.SHARED, out -> writeTo(out, tensor));
  }

  static boolean startsWithMagic(byte[] start) {
    return start.length >= MAGIC.length && Arrays.equals(start, 0, 6, MAGIC, 0, 6);
  }

  private static void writeTo(OutputStream out, Tensor tensor) throws IOException {
    out.write(header(tensor.shape()));
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int count = tensor.rows() * tensor.rowSize();
    for (int index = 0; index < count; index++) {
      chunk.putFloat(tensor.value(index));
      if (!chunk.hasRemaining() || index == count - 1) {
        out.write(chunk.array(), 0, chunk.position());
        chunk.clear();
      }
    }
  }

  private static byte[] header(int[] shape) {
    String sizes = Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    String dictionary =
        "{'descr': '<f4', 'fortran_order': False, 'shape': ("
            + sizes
            + (shape.length == 1 ? "," : "")
            + "), }";
    int prefix = MAGIC.length + 4;
    int unpadded = prefix + dictionary.length() + 1;
    int length = -Math.floorDiv(-unpadded, HEADER_ALIGNMENT_BYTES) * HEADER_ALIGNMENT_BYTES;
    String text = dictionary + " ".repeat(length - unpadded) + "\n";
    return ByteBuffer.allocate(length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) (length - prefix))
        .put(text.getBytes(StandardCharsets.US_ASCII))
        .array();
  }
}
