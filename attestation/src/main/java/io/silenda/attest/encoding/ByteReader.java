package io.silenda.attest.encoding;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * Reads fields of a binary structure. Never allocates more than what is left of the input: a length
 * is compared with it before anything is copied. Not thread-safe.
 */
public final class ByteReader {
  private final String structure;
  private final ByteBuffer buffer;

  private ByteReader(String structure, ByteBuffer buffer, ByteOrder order) {
    this.structure = structure;
    this.buffer = buffer.order(order);
  }

  /** Reads {@code bytes} as little-endian; {@code structure} names them in refusals. */
  public static ByteReader littleEndian(String structure, byte[] bytes) {
    return new ByteReader(structure, ByteBuffer.wrap(bytes), ByteOrder.LITTLE_ENDIAN);
  }

  /** Reads {@code bytes} as big-endian; {@code structure} names them in refusals. */
  public static ByteReader bigEndian(String structure, byte[] bytes) {
    return new ByteReader(structure, ByteBuffer.wrap(bytes), ByteOrder.BIG_ENDIAN);
  }

  /** The next byte, unsigned. */
  public int u8(String field) throws AttestationException {
    need(field, 1);
    return Byte.toUnsignedInt(buffer.get());
  }

  /** The next two bytes, unsigned. */
  public int u16(String field) throws AttestationException {
    need(field, Short.BYTES);
    return Short.toUnsignedInt(buffer.getShort());
  }

  /** The next four bytes, unsigned. */
  public long u32(String field) throws AttestationException {
    need(field, Integer.BYTES);
    return Integer.toUnsignedLong(buffer.getInt());
  }

  /** The next eight bytes; compare as unsigned. */
  public long u64(String field) throws AttestationException {
    need(field, Long.BYTES);
    return buffer.getLong();
  }

  /** The next {@code length} bytes. */
  public byte[] bytes(String field, long length) throws AttestationException {
    need(field, length);
    byte[] bytes = new byte[(int) length];
    buffer.get(bytes);
    return bytes;
  }

  /** The next {@code length} bytes as lower-case hex. */
  public String hex(String field, int length) throws AttestationException {
    return HexFormat.of().formatHex(bytes(field, length));
  }

  /** A reader of the next {@code length} bytes, without a copy; this one goes on behind them. */
  public ByteReader slice(String field, long length) throws AttestationException {
    need(field, length);
    ByteBuffer slice = buffer.slice(buffer.position(), (int) length);
    buffer.position(buffer.position() + (int) length);
    return new ByteReader(structure + " " + field, slice, buffer.order());
  }

  /** Skips a field that the specification reserves and wants zero. */
  public void zeros(String field, int length) throws AttestationException {
    byte[] reserved = bytes(field, length);
    if (!allZero(reserved)) {
      throw new AttestationException(
          Reason.RESERVED_NOT_ZERO,
          "structure",
          structure + " " + field + " is " + HexFormat.of().formatHex(reserved),
          "zeros");
    }
  }

  /** Skips a field that nothing depends on. */
  public void skip(String field, long length) throws AttestationException {
    need(field, length);
    buffer.position(buffer.position() + (int) length);
  }

  /** Bytes read so far. */
  public int position() {
    return buffer.position();
  }

  /** Bytes left. */
  public int remaining() {
    return buffer.remaining();
  }

  /** Refuses bytes behind the structure. */
  public void end() throws AttestationException {
    if (buffer.hasRemaining()) {
      throw new AttestationException(
          Reason.TRAILING_BYTES,
          "structure",
          buffer.remaining() + " bytes after " + structure,
          "none");
    }
  }

  /** Whether every byte is zero. */
  public static boolean allZero(byte[] bytes) {
    int or = 0;
    for (byte b : bytes) {
      or |= b;
    }
    return or == 0;
  }

  private void need(String field, long length) throws AttestationException {
    if (length < 0 || length > buffer.remaining()) {
      throw new AttestationException(
          Reason.TRUNCATED,
          "structure",
          structure + " has " + buffer.remaining() + " bytes left for " + field,
          length + " bytes");
    }
  }
}
