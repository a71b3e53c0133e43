package io.silenda.dp.data;

import java.nio.file.Path;

/** Rows that cannot be trained on; the message is one line and names file, row and column. */
public final class DataException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Kinds of refusals. */
  public enum Reason {
    /** There is no such regular file, or it cannot be read. */
    UNREADABLE,
    /** The file is not of the format that was declared, or is damaged. */
    MALFORMED,
    /** A column that was asked for is not in the file, or is there twice. */
    UNKNOWN_COLUMN,
    /** A value is missing, no number, NaN or infinite. */
    NOT_A_NUMBER,
    /** A label is none of those declared. */
    LABEL_OUT_OF_RANGE,
    /** Numbers of rows, labels or columns do not fit together. */
    SHAPE,
    /** More values than this reader takes. */
    TOO_LARGE
  }

  private final Reason reason;

  DataException(Path file, Reason reason, String what) {
    super(file + ": " + what);
    this.reason = reason;
  }

  /** Kind of the refusal. */
  public Reason reason() {
    return reason;
  }
}
