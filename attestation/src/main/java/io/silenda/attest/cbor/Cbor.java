package io.silenda.attest.cbor;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.cbor.CborValue.Array;
import io.silenda.attest.cbor.CborValue.Bytes;
import io.silenda.attest.cbor.CborValue.Int;
import io.silenda.attest.cbor.CborValue.Text;
import java.util.Arrays;
import java.util.List;

/**
 * Strict CBOR (RFC 8949): lengths and integers in their shortest form, well-formed UTF-8, no key
 * twice, no floats, no byte after the item. Containers of indefinite length are read, because Nitro
 * documents have them; strings of indefinite length are not. At most {@link #MAX_ITEMS} items,
 * {@link #MAX_DEPTH} deep, so that a small input cannot ask for much memory or stack.
 */
public final class Cbor {
  /** The largest token at hand has about a hundred. */
  public static final int MAX_ITEMS = 512;

  public static final int MAX_DEPTH = 16;

  private Cbor() {}

  /** Decodes {@code data}, which must hold one item and nothing else. */
  public static CborValue decode(byte[] data) throws AttestationException {
    CborReader reader = new CborReader(data);
    CborValue value = reader.item(0);
    reader.requireEnd();
    return value;
  }

  /**
   * Refuses a message that is not in the deterministic form, so that one meaning has one encoding.
   *
   * @param name names the message in refusals
   * @param encoded the encoding of what was read from {@code bytes}
   */
  public static void requireDeterministic(String name, byte[] bytes, byte[] encoded)
      throws AttestationException {
    if (!Arrays.equals(bytes, encoded)) {
      throw new AttestationException(
          Reason.BAD_CBOR, name, "another encoding", "deterministic CBOR");
    }
  }

  public static byte[] asBytes(CborValue value, String name) throws AttestationException {
    if (value instanceof Bytes bytes) {
      return bytes.value();
    }
    throw wrongType(name, "a byte string", value);
  }

  public static String asText(CborValue value, String name) throws AttestationException {
    if (value instanceof Text text) {
      return text.value();
    }
    throw wrongType(name, "a text", value);
  }

  public static long asInteger(CborValue value, String name) throws AttestationException {
    if (value instanceof Int integer) {
      return integer.value();
    }
    throw wrongType(name, "an integer", value);
  }

  public static List<CborValue> asArray(CborValue value, String name) throws AttestationException {
    if (value instanceof Array array) {
      return array.items();
    }
    throw wrongType(name, "an array", value);
  }

  public static CborMap asMap(CborValue value, String name) throws AttestationException {
    if (value instanceof CborMap map) {
      return map;
    }
    throw wrongType(name, "a map", value);
  }

  private static AttestationException wrongType(String name, String wanted, CborValue seen) {
    return new AttestationException(
        Reason.BAD_CBOR, name, "CBOR type " + seen.getClass().getSimpleName(), wanted);
  }
}
