package io.silenda.infer.graph;

import java.nio.file.Path;

/** A model that cannot be imported. The message is one line and starts with the file's name. */
public final class OnnxImportException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  OnnxImportException(Reason reason, String detail) {
    super(Text.oneLine(detail));
    this.reason = reason;
  }

  OnnxImportException(Reason reason, String detail, Throwable cause) {
    super(Text.oneLine(detail), cause);
    this.reason = reason;
  }

  /** The same refusal with the file's name in front. */
  OnnxImportException of(Path file) {
    String message = Text.fileName(file) + ": " + getMessage();
    OnnxImportException named = new OnnxImportException(reason, message, this);
    named.setStackTrace(getStackTrace());
    return named;
  }

  /** Why the model was refused. */
  public Reason reason() {
    return reason;
  }

  /** Why a model was refused. */
  public enum Reason {
    /** There is no regular file at the path. */
    MISSING_FILE,
    /** The operating system does not let it be read. */
    UNREADABLE,
    /** The file holds no bytes. */
    EMPTY,
    /** The bytes are no ONNX model. */
    TRUNCATED_OR_CORRUPT,
    /** The file, a tensor or the work to fold constants is above its limit. */
    TOO_LARGE,
    /** External data lies outside the model's folder. */
    EXTERNAL_DATA_OUTSIDE_FOLDER,
    /** A file with external data is missing. */
    EXTERNAL_DATA_MISSING,
    /** A file with external data is shorter than the model says. */
    EXTERNAL_DATA_TRUNCATED,
    /** A dimension other than the batch axis has no fixed size. */
    DYNAMIC_SHAPE,
    /** Operators that cannot run on encrypted data; the message lists all of them. */
    UNSUPPORTED_OPERATORS,
    /** A version of the format or of an operator set that is not known. */
    UNSUPPORTED_OPSET,
    /** Known operators in an arrangement that cannot run on encrypted data. */
    UNSUPPORTED_GRAPH,
    /** The model breaks a rule of ONNX. */
    INVALID_GRAPH,
    /** A weight is infinite or not a number. */
    NON_FINITE_WEIGHT
  }
}
