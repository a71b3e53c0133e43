package io.silenda.he;

/** The native library cannot be loaded, or failed in a way that is no mistake of the caller. */
public final class NativeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message only; the native side uses this constructor. */
  public NativeException(String message) {
    super(message);
  }

  /** Creates an exception that keeps the failure it reports. */
  public NativeException(String message, Throwable cause) {
    super(message, cause);
  }
}
