package io.silenda.he.wire;

import io.silenda.he.KeyId;
import io.silenda.he.wire.WireFormatException.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The header of a frame. What its kind does not use is zero.
 *
 * @param kind what the frame holds
 * @param polynomials polynomials of a ciphertext or of a key's digit
 * @param seeded whether the second polynomial is sent as a seed
 * @param level level of a ciphertext
 * @param droppedBits lowest bits that the coefficients of a response are sent without
 * @param rows rows in this part of a request or response
 * @param part which part of the request this is, from 0
 * @param parts how many parts the request has
 * @param keyCount number of evaluation keys
 * @param scale scale of a ciphertext
 * @param payloadBytes length of the payload
 * @param parameterDigest digest of the ring degree and all primes
 * @param modelDigest the model it is for
 * @param keyId the secret key it belongs to
 * @param requestId the request it is or answers
 */
public record WireHeader(
    WireKind kind,
    int polynomials,
    boolean seeded,
    int level,
    int droppedBits,
    int rows,
    int part,
    int parts,
    int keyCount,
    double scale,
    long payloadBytes,
    Digest parameterDigest,
    Digest modelDigest,
    KeyId keyId,
    RequestId requestId) {

  /** Length of every header. */
  public static final int BYTES = 144;

  /** The version that is written, and the newest that is read. */
  public static final int VERSION = 1;

  /** The last byte stops programs that would print the rest. */
  private static final byte[] MAGIC = {'S', 'I', 'L', 'E', 'N', 'D', 'A', 0x1A};

  static WireHeader ofKey(
      WireKind kind, int keyCount, long payloadBytes, Digest parameters, Digest model, KeyId id) {
    boolean seeded = kind != WireKind.SECRET_KEY;
    int polynomials = seeded ? 2 : 0;
    return new WireHeader(
        kind,
        polynomials,
        seeded,
        0,
        0,
        0,
        0,
        0,
        keyCount,
        0,
        payloadBytes,
        parameters,
        model,
        id,
        RequestId.ZERO);
  }

  static WireHeader ofParameters(int payloadBytes, Digest parameters) {
    return new WireHeader(
        WireKind.PARAMETERS,
        0,
        false,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        payloadBytes,
        parameters,
        Digest.ZERO,
        new KeyId(0, 0),
        RequestId.ZERO);
  }

  /**
   * Reads a header from the first bytes of a frame, to learn what it says it is. Nothing of it is
   * verified yet: that is for the codec of its kind.
   *
   * @throws WireFormatException if it is no header, or not of a version and kind that is known
   */
  public static WireHeader peek(byte[] frame) throws WireFormatException {
    requireMagic(frame, Math.min(frame.length, BYTES));
    ByteBuffer buffer = ByteBuffer.wrap(frame, MAGIC.length, BYTES - MAGIC.length);
    requireVersion(Short.toUnsignedInt(buffer.getShort()));
    WireKind kind = WireKind.ofCode(Byte.toUnsignedInt(buffer.get()));
    int polynomials = Byte.toUnsignedInt(buffer.get());
    boolean seeded = flag(buffer.get());
    int level = Byte.toUnsignedInt(buffer.get());
    int droppedBits = Short.toUnsignedInt(buffer.getShort());
    return new WireHeader(
        kind,
        polynomials,
        seeded,
        level,
        droppedBits,
        buffer.getInt(),
        buffer.getInt(),
        buffer.getInt(),
        buffer.getInt(),
        buffer.getDouble(),
        buffer.getLong(),
        Digest.read(buffer),
        Digest.read(buffer),
        KeyId.read(buffer),
        RequestId.read(buffer));
  }

  byte[] toBytes() {
    ByteBuffer buffer = ByteBuffer.allocate(BYTES);
    buffer.put(MAGIC).putShort((short) VERSION).put((byte) kind.code()).put((byte) polynomials);
    buffer.put((byte) (seeded ? 1 : 0)).put((byte) level).putShort((short) droppedBits);
    buffer.putInt(rows).putInt(part).putInt(parts).putInt(keyCount);
    buffer.putDouble(scale).putLong(payloadBytes);
    parameterDigest.write(buffer);
    modelDigest.write(buffer);
    keyId.write(buffer);
    requestId.write(buffer);
    return buffer.array();
  }

  /** Refuses values in fields that the kind does not use. */
  void requireUnusedZero() throws WireFormatException {
    if (!kind.isCiphertext()) {
      requireZero((level | rows | part | parts) == 0, "level, rows or parts");
      requireZero(Double.doubleToRawLongBits(scale) == 0, "scale");
      requireZero(requestId.equals(RequestId.ZERO), "request id");
    }
    requireZero(kind == WireKind.RESPONSE || droppedBits == 0, "dropped bits");
    requireZero(kind == WireKind.EVALUATION_KEYS || keyCount == 0, "key count");
    if (kind == WireKind.PARAMETERS) {
      requireZero(modelDigest.equals(Digest.ZERO), "model digest");
      requireZero(keyId.high() == 0 && keyId.low() == 0, "key id");
    }
  }

  /** Refuses another number of polynomials, or a seed where there must be none, or none. */
  void requirePolynomials(int least, int most, boolean mayBeSeeded, boolean mayBeUnseeded)
      throws WireFormatException {
    if (polynomials < least || polynomials > most) {
      throw new WireFormatException(
          Reason.WRONG_POLYNOMIAL_COUNT, kind + " cannot have " + polynomials + " polynomials");
    }
    if (seeded ? !mayBeSeeded : !mayBeUnseeded) {
      throw new WireFormatException(
          Reason.WRONG_SEED_FLAG, kind + (seeded ? " cannot have a seed" : " needs a seed"));
    }
  }

  private static void requireMagic(byte[] frame, int length) throws WireFormatException {
    int compared = Math.min(length, MAGIC.length);
    if (!Arrays.equals(frame, 0, compared, MAGIC, 0, compared)) {
      throw new WireFormatException(Reason.NOT_A_FRAME, "this is not a Silenda file or message");
    }
    if (length < BYTES) {
      throw new WireFormatException(
          Reason.TRUNCATED, "it ends after " + length + " bytes, within its header");
    }
  }

  private static void requireVersion(int version) throws WireFormatException {
    if (version > VERSION) {
      throw new WireFormatException(
          Reason.NEWER_VERSION,
          "it was written by a newer version (format " + version + ", this reads " + VERSION + ")");
    }
    if (version < 1) {
      throw new WireFormatException(Reason.UNKNOWN_VERSION, "format 0 does not exist");
    }
  }

  private static boolean flag(byte value) throws WireFormatException {
    requireZero(value == 0 || value == 1, "seed flag");
    return value == 1;
  }

  private static void requireZero(boolean isZero, String field) throws WireFormatException {
    if (!isZero) {
      throw new WireFormatException(
          Reason.MALFORMED_HEADER, "a header field has a value that it cannot have: " + field);
    }
  }
}
