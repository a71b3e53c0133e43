package io.silenda.infer.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.UUID;
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
    Path target = file.toAbsolutePath();
    Path partial = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      writeNew(partial, tensor);
      Files.move(
          partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  static boolean startsWithMagic(byte[] start) {
    return start.length >= MAGIC.length && Arrays.equals(start, 0, 6, MAGIC, 0, 6);
  }

  private static void writeNew(Path file, Tensor tensor) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      writeFully(channel, ByteBuffer.wrap(header(tensor.shape())));
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      int count = tensor.rows() * tensor.rowSize();
      for (int index = 0; index < count; index++) {
        chunk.putFloat(tensor.value(index));
        if (!chunk.hasRemaining() || index == count - 1) {
          writeFully(channel, chunk.flip());
          chunk.clear();
        }
      }
      channel.force(true);
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer data) throws IOException {
    while (data.hasRemaining()) {
      channel.write(data);
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
