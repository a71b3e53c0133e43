package io.silenda.infer.enclave.paging;

import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.PrivateInferenceException.Reason;
import io.silenda.infer.enclave.paging.Page.Weight;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands in front of the weights in a sealed paged model: {@code "SILPAGE" 1}, the table's
 * length, names of the model's input and output, then for each page its skeleton and its weights'
 * names, types, shapes and places. Big-endian. The container has authenticated it; lengths are
 * compared with what is left all the same.
 */
record PageTable(String input, String output, List<Page> pages) {
  /** Weights start at multiples of this, which suits every vector instruction. */
  static final int ALIGNMENT = 64;

  static final int PREFIX_BYTES = 12;

  private static final long MAGIC = 0x53494c5041474501L;
  private static final int MAX_TABLE_BYTES = 1 << 28;
  private static final int MAX_RANK = 16;

  PageTable {
    pages = List.copyOf(pages);
  }

  static long align(long offset) {
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** The table with its prefix. */
  byte[] encode() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(body)) {
      write(out, input);
      write(out, output);
      out.writeInt(pages.size());
      for (Page page : pages) {
        out.writeInt(page.skeleton().length);
        out.write(page.skeleton());
        out.writeInt(page.weights().size());
        for (Weight weight : page.weights()) {
          write(out, weight);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return ByteBuffer.allocate(PREFIX_BYTES + body.size())
        .putLong(MAGIC)
        .putInt(body.size())
        .put(body.toByteArray())
        .array();
  }

  private static void write(DataOutputStream out, Weight weight) throws IOException {
    write(out, weight.name());
    out.writeInt(weight.type());
    out.writeInt(weight.dimensions().size());
    for (long dimension : weight.dimensions()) {
      out.writeLong(dimension);
    }
    out.writeLong(weight.offset());
    out.writeLong(weight.sizeBytes());
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static boolean startsWithMagic(ByteBuffer prefix) {
    return prefix.remaining() >= PREFIX_BYTES && prefix.getLong(prefix.position()) == MAGIC;
  }

  /** Length of the table behind {@code prefix}. */
  static int bodyBytes(ByteBuffer prefix, long contentBytes) throws PrivateInferenceException {
    if (prefix.remaining() < PREFIX_BYTES || prefix.getLong() != MAGIC) {
      throw refused("other first bytes than those of a paged model");
    }
    int length = prefix.getInt();
    if (length < 0 || length > Math.min(MAX_TABLE_BYTES, contentBytes - PREFIX_BYTES)) {
      throw refused("a table of " + length + " bytes");
    }
    return length;
  }

  /** Reads a table of exactly {@code body}, whose weights lie within {@code contentBytes}. */
  static PageTable parse(ByteBuffer body, long contentBytes) throws PrivateInferenceException {
    String input = text(body);
    String output = text(body);
    List<Page> pages = new ArrayList<>();
    int count = count(body, 2 * Integer.BYTES);
    for (int i = 0; i < count; i++) {
      byte[] skeleton = bytes(body);
      List<Weight> weights = new ArrayList<>();
      int weightCount = count(body, 3 * Integer.BYTES + 2 * Long.BYTES);
      long end = 0;
      for (int j = 0; j < weightCount; j++) {
        Weight weight = weight(body);
        if (weight.offset() < end || weight.sizeBytes() > contentBytes - weight.offset()) {
          throw refused("a weight outside of its place");
        }
        end = weight.offset() + weight.sizeBytes();
        weights.add(weight);
      }
      pages.add(page(skeleton, weights));
    }
    if (body.hasRemaining() || pages.isEmpty()) {
      throw refused(body.hasRemaining() ? "bytes behind the table" : "no pages");
    }
    return new PageTable(input, output, pages);
  }

  private static Page page(byte[] skeleton, List<Weight> weights) throws PrivateInferenceException {
    Page page = new Page(skeleton, weights);
    try {
      page.spanBytes();
    } catch (ArithmeticException e) {
      throw refused("a page of more than 2 GiB");
    }
    return page;
  }

  private static Weight weight(ByteBuffer in) throws PrivateInferenceException {
    String name = text(in);
    need(in, 2 * Integer.BYTES);
    int type = in.getInt();
    int rank = in.getInt();
    if (rank < 0 || rank > MAX_RANK) {
      throw refused("a tensor of rank " + rank);
    }
    need(in, (rank + 2L) * Long.BYTES);
    List<Long> dimensions = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      dimensions.add(in.getLong());
    }
    long offset = in.getLong();
    long size = in.getLong();
    if (offset < 0 || size < 1 || offset % ALIGNMENT != 0) {
      throw refused("a weight at " + offset + " of " + size + " bytes");
    }
    return new Weight(name, type, dimensions, offset, size);
  }

  private static String text(ByteBuffer in) throws PrivateInferenceException {
    return new String(bytes(in), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(ByteBuffer in) throws PrivateInferenceException {
    byte[] bytes = new byte[count(in, 1)];
    in.get(bytes);
    return bytes;
  }

  /** A number of items of at least {@code itemBytes} each, which must be there. */
  private static int count(ByteBuffer in, int itemBytes) throws PrivateInferenceException {
    need(in, Integer.BYTES);
    int count = in.getInt();
    if (count < 0) {
      throw refused("a negative length");
    }
    need(in, (long) count * itemBytes);
    return count;
  }

  private static void need(ByteBuffer in, long bytes) throws PrivateInferenceException {
    if (bytes > in.remaining()) {
      throw refused("a table that ends too early");
    }
  }

  private static PrivateInferenceException refused(String seen) {
    return new PrivateInferenceException(
        Reason.NOT_A_PAGED_MODEL, "the sealed content has " + seen);
  }
}
