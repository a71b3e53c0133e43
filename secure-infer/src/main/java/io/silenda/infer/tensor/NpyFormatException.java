package io.silenda.infer.tensor;

import java.nio.file.Path;

/** A {@code .npy} file that cannot be read. The message is one line and starts with its name. */
public final class NpyFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  NpyFormatException(Path file, Reason reason, String detail) {
    super(String.valueOf(file.getFileName()).replaceAll("\\p{Cntrl}", "?") + ": " + detail);
    this.reason = reason;
  }

  /** Why the file was refused. */
  public Reason reason() {
    return reason;
  }

  /** Why a file was refused. */
  public enum Reason {
    /** There is no regular file at the path. */
    MISSING,
    /** The operating system does not let it be read. */
    UNREADABLE,
    /** It does not start with the magic bytes. */
    NOT_NPY,
    /** It ends before its header or values do. */
    TRUNCATED,
    /** More bytes follow the values. */
    TRAILING_BYTES,
    /** A format version other than 1.0, 2.0 and 3.0. */
    UNSUPPORTED_VERSION,
    /** The header is not the dictionary that the format asks for. */
    MALFORMED_HEADER,
    /** An element type that is no real number of up to 64 bits. */
    UNSUPPORTED_TYPE,
    /** Big-endian values. */
    BYTE_ORDER,
    /** Column-major values. */
    FORTRAN_ORDER,
    /** A value is infinite, not a number, or too large for 32 bits. */
    NOT_FINITE,
    /** No bytes or no values. */
    EMPTY,
    /** More values than an array can hold. */
    TOO_LARGE,
    /** A shape without rows axis or with too many axes. */
    SHAPE
  }
}
