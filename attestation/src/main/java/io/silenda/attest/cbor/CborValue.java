package io.silenda.attest.cbor;

import java.util.List;

/** One decoded CBOR data item. Immutable and safe to share between threads. */
public sealed interface CborValue
    permits CborMap,
        CborValue.Int,
        CborValue.Bytes,
        CborValue.Text,
        CborValue.Array,
        CborValue.Tagged,
        CborValue.Simple {

  /** An integer of major type 0 or 1 that fits a long. */
  record Int(long value) implements CborValue {}

  /** A byte string. {@link #value()} hands out a copy. */
  final class Bytes implements CborValue {
    private final byte[] value;

    Bytes(byte[] value) {
      this.value = value;
    }

    public byte[] value() {
      return value.clone();
    }

    public int length() {
      return value.length;
    }
  }

  /** A text string of well-formed UTF-8. */
  record Text(String value) implements CborValue {}

  /** An array, in the order of the encoding. */
  record Array(List<CborValue> items) implements CborValue {
    public Array {
      items = List.copyOf(items);
    }
  }

  /** A tagged item (RFC 8949, section 3.4). */
  record Tagged(long tag, CborValue item) implements CborValue {}

  /** The simple values that carry meaning in evidence. */
  enum Simple implements CborValue {
    FALSE,
    TRUE,
    NULL
  }
}
