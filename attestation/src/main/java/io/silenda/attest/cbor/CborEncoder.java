package io.silenda.attest.cbor;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes CBOR in the deterministic form of RFC 8949, section 4.2.1: shortest heads, definite
 * lengths, map keys in the order of their encoding. Items are appended one after the other; a
 * container's head says how many of them follow. Not thread-safe.
 */
public final class CborEncoder {
  private static final int UNSIGNED = 0;
  private static final int NEGATIVE = 1;
  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int ARRAY = 4;
  private static final int MAP = 5;
  private static final int TAG = 6;
  private static final int NULL = 0xf6;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

  /** Appends an integer. */
  public CborEncoder integer(long value) {
    return value >= 0 ? head(UNSIGNED, value) : head(NEGATIVE, -1 - value);
  }

  /** Appends a byte string. */
  public CborEncoder bytes(byte[] value) {
    head(BYTES, value.length);
    out.writeBytes(value);
    return this;
  }

  /** Appends a text. */
  public CborEncoder text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    head(TEXT, utf8.length);
    out.writeBytes(utf8);
    return this;
  }

  /** Appends null. */
  public CborEncoder nothing() {
    out.write(NULL);
    return this;
  }

  /** Appends the head of an array; its {@code size} items follow. */
  public CborEncoder array(int size) {
    return head(ARRAY, size);
  }

  /** Appends a tag; its item follows. */
  public CborEncoder tag(long tag) {
    return head(TAG, tag);
  }

  /** Appends a map of integer keys; each value is one encoded item. */
  public CborEncoder map(Map<Long, byte[]> entries) {
    Map<byte[], byte[]> sorted = new TreeMap<>(Arrays::compareUnsigned);
    entries.forEach((key, value) -> sorted.put(new CborEncoder().integer(key).toBytes(), value));
    head(MAP, sorted.size());
    sorted.forEach(
        (key, value) -> {
          out.writeBytes(key);
          out.writeBytes(value);
        });
    return this;
  }

  /** What has been written so far. */
  public byte[] toBytes() {
    return out.toByteArray();
  }

  private CborEncoder head(int majorType, long argument) {
    if (argument < 24) {
      out.write(majorType << 5 | (int) argument);
      return this;
    }
    int bytes = argument <= 0xff ? 1 : argument <= 0xffff ? 2 : argument <= 0xffff_ffffL ? 4 : 8;
    out.write(majorType << 5 | 24 + Integer.numberOfTrailingZeros(bytes));
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      out.write((int) (argument >> shift));
    }
    return this;
  }
}
