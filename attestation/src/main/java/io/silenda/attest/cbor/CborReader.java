package io.silenda.attest.cbor;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.cbor.CborValue.Array;
import io.silenda.attest.cbor.CborValue.Bytes;
import io.silenda.attest.cbor.CborValue.Int;
import io.silenda.attest.cbor.CborValue.Simple;
import io.silenda.attest.cbor.CborValue.Tagged;
import io.silenda.attest.cbor.CborValue.Text;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The recursive descent behind {@link Cbor#decode}. Not safe for use by several threads. */
final class CborReader {
  /** Marks an indefinite length; RFC 8949, section 3.2.1. */
  private static final long INDEFINITE = -1;

  private static final int BREAK = 0xff;

  private final byte[] data;
  private int position;
  private int items;

  CborReader(byte[] data) {
    this.data = data;
  }

  void requireEnd() throws AttestationException {
    if (position != data.length) {
      throw new AttestationException(
          Reason.TRAILING_BYTES, "cbor", data.length - position + " bytes after the item", "none");
    }
  }

  CborValue item(int depth) throws AttestationException {
    if (depth > Cbor.MAX_DEPTH) {
      throw malformed("deeper nesting", "at most " + Cbor.MAX_DEPTH + " levels");
    }
    if (++items > Cbor.MAX_ITEMS) {
      throw malformed("more items", "at most " + Cbor.MAX_ITEMS);
    }
    int initial = next();
    int major = initial >> 5;
    int additional = initial & 0x1f;
    return switch (major) {
      case 0 -> new Int(argument(additional));
      case 1 -> new Int(-1 - argument(additional));
      case 2 -> new Bytes(string(argument(additional)));
      case 3 -> new Text(utf8(string(argument(additional))));
      case 4 -> array(length(additional), depth);
      case 5 -> map(length(additional), depth);
      case 6 -> new Tagged(argument(additional), item(depth + 1));
      default -> simple(additional);
    };
  }

  private Array array(long length, int depth) throws AttestationException {
    List<CborValue> values = new ArrayList<>();
    for (long i = 0; more(i, length); i++) {
      values.add(item(depth + 1));
    }
    return new Array(values);
  }

  private CborMap map(long length, int depth) throws AttestationException {
    Map<CborValue, CborValue> entries = new LinkedHashMap<>();
    for (long i = 0; more(i, length); i++) {
      CborValue key = item(depth + 1);
      if (!(key instanceof Int) && !(key instanceof Text)) {
        throw malformed("a map key of another type", "integer or text keys");
      }
      if (entries.put(key, item(depth + 1)) != null) {
        throw malformed("the map key " + key + " again", "each key once");
      }
    }
    return new CborMap(entries);
  }

  private boolean more(long index, long length) throws AttestationException {
    if (length != INDEFINITE) {
      return index < length;
    }
    if (position < data.length && (data[position] & 0xff) == BREAK) {
      position++;
      return false;
    }
    return true;
  }

  private CborValue simple(int additional) throws AttestationException {
    return switch (additional) {
      case 20 -> Simple.FALSE;
      case 21 -> Simple.TRUE;
      case 22 -> Simple.NULL;
      default -> throw malformed("float or simple value " + additional, "false, true or null");
    };
  }

  private long length(int additional) throws AttestationException {
    return additional == 31 ? INDEFINITE : argument(additional);
  }

  /**
   * The argument of an initial byte, which must be in its shortest form (RFC 8949, section 4.1).
   */
  private long argument(int additional) throws AttestationException {
    if (additional < 24) {
      return additional;
    }
    if (additional > 27) {
      throw malformed("additional information " + additional, "a length or a number");
    }
    int bytes = 1 << (additional - 24);
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | next();
    }
    if (value < 0) {
      throw malformed("a longer integer", "at most 63 bits");
    }
    long smallest = bytes == 1 ? 24 : 1L << (4 * bytes);
    if (value < smallest) {
      throw malformed(value + " in " + bytes + " bytes", "the shortest form");
    }
    return value;
  }

  private byte[] string(long length) throws AttestationException {
    if (length > data.length - position) {
      throw truncated("a string of " + length + " bytes");
    }
    byte[] string = Arrays.copyOfRange(data, position, position + (int) length);
    position += (int) length;
    return string;
  }

  private String utf8(byte[] bytes) throws AttestationException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("a text of other bytes", "UTF-8");
    }
  }

  private int next() throws AttestationException {
    if (position >= data.length) {
      throw truncated("one more byte");
    }
    return data[position++] & 0xff;
  }

  private AttestationException truncated(String wanted) {
    return new AttestationException(
        Reason.TRUNCATED, "cbor", data.length - position + " bytes left", wanted);
  }

  private AttestationException malformed(String seen, String wanted) {
    return new AttestationException(
        Reason.BAD_CBOR, "cbor", seen + " before byte " + position, wanted);
  }
}
