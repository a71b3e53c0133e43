package io.silenda.infer.plain;

/** ONNX Runtime refused a model or an input that the importer accepted. */
public final class PlainModelException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  PlainModelException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What failed. */
  public Reason reason() {
    return reason;
  }

  /** What failed. */
  public enum Reason {
    /** The model could not be loaded. */
    LOAD,
    /** The model could not be run. */
    RUN
  }
}
