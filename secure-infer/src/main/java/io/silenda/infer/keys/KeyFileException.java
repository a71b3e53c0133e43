package io.silenda.infer.keys;

/** A key file that cannot be used, with a one-line reason. */
public final class KeyFileException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why it was refused. */
  public enum Reason {
    /** There is no regular file there, or it cannot be read. */
    UNREADABLE,
    /** The file is not a secret key file. */
    NOT_A_KEY_FILE,
    /** Written by a newer version than this one. */
    NEWER_VERSION,
    /** Cut, extended or out of range. */
    MALFORMED,
    /** The key is protected and no passphrase was given. */
    PASSPHRASE_NEEDED,
    /** The passphrase is wrong, or the file was changed. */
    WRONG_PASSPHRASE,
    /** Others may read the file. */
    READABLE_BY_OTHERS,
    /** There is a key already, and it would be lost. */
    EXISTS,
    /** The keys belong to another model. */
    OTHER_MODEL
  }

  private final Reason reason;

  /** Makes a refusal with a one-line message. */
  public KeyFileException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why it was refused. */
  public Reason reason() {
    return reason;
  }
}
