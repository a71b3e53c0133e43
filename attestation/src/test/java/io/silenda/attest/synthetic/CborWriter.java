package io.silenda.attest.synthetic;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Writes CBOR in its shortest form, independently of the reader under test. */
public final class CborWriter {
  private CborWriter() {}

  public static byte[] integer(long value) {
    return value >= 0 ? head(0, value) : head(1, -1 - value);
  }

  public static byte[] bytes(byte[] value) {
    return Keys.concat(head(2, value.length), value);
  }

  public static byte[] text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return Keys.concat(head(3, utf8.length), utf8);
  }

  public static byte[] array(byte[]... items) {
    return Keys.concat(head(4, items.length), Keys.concat(items));
  }

  public static byte[] tag(long tag, byte[] item) {
    return Keys.concat(head(6, tag), item);
  }

  /** Keys are {@link Long}, {@link Integer} or {@link String}; values are encoded items. */
  public static byte[] map(Map<?, byte[]> entries) {
    byte[] out = head(5, entries.size());
    for (Map.Entry<?, byte[]> entry : entries.entrySet()) {
      byte[] key =
          entry.getKey() instanceof Number number
              ? integer(number.longValue())
              : text((String) entry.getKey());
      out = Keys.concat(out, key, entry.getValue());
    }
    return out;
  }

  /** COSE_Sign1 with an empty unprotected header. */
  public static byte[] sign1(long algorithm, byte[] payload, Signer signer) {
    byte[] header = map(Map.of(1, integer(algorithm)));
    byte[] toBeSigned =
        array(text("Signature1"), bytes(header), bytes(new byte[0]), bytes(payload));
    return array(bytes(header), map(Map.of()), bytes(payload), bytes(signer.sign(toBeSigned)));
  }

  /** Makes raw signatures. */
  public interface Signer {
    byte[] sign(byte[] message);
  }

  private static byte[] head(int major, long argument) {
    if (argument < 24) {
      return new byte[] {(byte) (major << 5 | argument)};
    }
    int size = argument < 0x100 ? 1 : argument < 0x10000 ? 2 : argument < 0x1_0000_0000L ? 4 : 8;
    int info = 24 + Integer.numberOfTrailingZeros(size);
    byte[] big = ByteBuffer.allocate(8).putLong(argument).array();
    return Keys.concat(
        new byte[] {(byte) (major << 5 | info)}, Arrays.copyOfRange(big, 8 - size, 8));
  }
}
