package io.silenda.infer.bundle;

/** A file that is not the bundle it should be, with a one-line reason. */
public final class BundleFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why it was refused. */
  public enum Reason {
    /** There is no regular file there, or it cannot be read. */
    UNREADABLE,
    /** The file does not start as a bundle. */
    NOT_A_BUNDLE,
    /** A bundle of the other kind. */
    WRONG_KIND,
    /** Written by an older version, in a format that is read no longer. */
    OLDER_VERSION,
    /** Written by a newer version than this one. */
    NEWER_VERSION,
    /** Shorter or longer than its header says. */
    WRONG_LENGTH,
    /** The bytes do not match their digest. */
    CORRUPT,
    /** The digest is right, the content is not. */
    MALFORMED
  }

  private final Reason reason;

  BundleFormatException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why it was refused. */
  public Reason reason() {
    return reason;
  }
}
