package io.silenda.he.wire;

/** Bytes that are refused, with the reason. */
public final class WireFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why a frame is refused. */
  public enum Reason {
    /** It does not begin as a frame does. */
    NOT_A_FRAME,
    /** Its version never existed. */
    UNKNOWN_VERSION,
    /** It was written by a newer version of this software. */
    NEWER_VERSION,
    /** It says to be of a kind that does not exist. */
    UNKNOWN_KIND,
    /** It is of another kind than is read here. */
    WRONG_KIND,
    /** A header field that this kind does not use is not zero, or a flag is neither 0 nor 1. */
    MALFORMED_HEADER,
    /** It ends too early. */
    TRUNCATED,
    /** Something follows it. */
    TRAILING_BYTES,
    /** It announces another payload length than its fields ask for. */
    WRONG_LENGTH,
    /** It was made with other encryption parameters. */
    OTHER_PARAMETERS,
    /** It belongs to another model. */
    OTHER_MODEL,
    /** It belongs to another secret key. */
    OTHER_KEY,
    /** It answers another request, or continues another one. */
    OTHER_REQUEST,
    /** It is not the part that comes next, or there are too many parts. */
    WRONG_PART,
    /** It holds another number of rows than it may. */
    WRONG_ROWS,
    /** Its level does not exist or is not the expected one. */
    WRONG_LEVEL,
    /** Its scale is no positive number, too large, or not the expected one. */
    WRONG_SCALE,
    /** It has a number of polynomials that this kind cannot have. */
    WRONG_POLYNOMIAL_COUNT,
    /** It has a seed where none is allowed, or none where one is needed. */
    WRONG_SEED_FLAG,
    /** It holds other keys than were planned. */
    OTHER_KEY_PLAN,
    /** A residue is not below its prime. */
    RESIDUE_OUT_OF_RANGE,
    /** A coefficient of a secret key is not -1, 0 or 1. */
    COEFFICIENT_NOT_TERNARY,
    /** A ciphertext hides nothing. */
    TRANSPARENT_CIPHERTEXT,
    /** Parameters are not 128-bit secure, or out of range. */
    REFUSED_PARAMETERS,
    /** Its bytes are not those that its digest was made of. */
    DIGEST_MISMATCH
  }

  private final Reason reason;

  WireFormatException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why it was refused. */
  public Reason reason() {
    return reason;
  }
}
