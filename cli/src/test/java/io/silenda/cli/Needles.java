package io.silenda.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Byte sequences that are searched for in files of any size. */
final class Needles {
  private static final int CHUNK_BYTES = 1 << 22;

  private final List<byte[]> needles = new ArrayList<>();

  /** A sequence as it stands. */
  Needles bytes(byte[] needle) {
    needles.add(needle.clone());
    return this;
  }

  /** Neighbouring numbers as floats and doubles, in both byte orders. */
  Needles numbers(double... values) {
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      ByteBuffer floats = ByteBuffer.allocate(4 * values.length).order(order);
      ByteBuffer doubles = ByteBuffer.allocate(8 * values.length).order(order);
      for (double value : values) {
        floats.putFloat((float) value);
        doubles.putDouble(value);
      }
      needles.add(floats.array());
      needles.add(doubles.array());
    }
    return this;
  }

  int count() {
    return needles.size();
  }

  /** How many of the needles a file holds. */
  int foundIn(Path file) throws IOException {
    BitSet starts = new BitSet(1 << 16);
    needles.forEach(needle -> starts.set(start(needle, 0)));
    BitSet found = new BitSet();
    int longest = needles.stream().mapToInt(needle -> needle.length).max().orElse(0);
    byte[] window = new byte[CHUNK_BYTES + longest];
    int kept = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      int read;
      while ((read = in.readNBytes(window, kept, CHUNK_BYTES)) > 0) {
        int end = kept + read;
        search(window, end, starts, found);
        kept = Math.min(end, longest);
        System.arraycopy(window, end - kept, window, 0, kept);
      }
    }
    return found.cardinality();
  }

  private void search(byte[] window, int end, BitSet starts, BitSet found) {
    for (int at = 0; at + 1 < end; at++) {
      if (starts.get(start(window, at))) {
        for (int i = 0; i < needles.size(); i++) {
          byte[] needle = needles.get(i);
          if (at + needle.length <= end
              && Arrays.equals(window, at, at + needle.length, needle, 0, needle.length)) {
            found.set(i);
          }
        }
      }
    }
  }

  private static int start(byte[] bytes, int at) {
    return Byte.toUnsignedInt(bytes[at]) << 8 | Byte.toUnsignedInt(bytes[at + 1]);
  }
}
