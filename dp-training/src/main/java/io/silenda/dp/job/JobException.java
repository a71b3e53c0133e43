package io.silenda.dp.job;

/** A job that is not run; the message is one line. Nothing was spent, unless the reason says so. */
public final class JobException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Kinds of refusals. */
  public enum Reason {
    /** The job file is missing, or no YAML. */
    SYNTAX,
    /** A member is missing, unknown or not allowed; the message begins with its path. */
    MEMBER,
    /** The rows cannot be used. */
    DATA,
    /** Model and rows do not fit. */
    MODEL,
    /** No noise reaches the target. */
    TARGET_OUT_OF_REACH,
    /** The ledger refuses, or is of other data. */
    LEDGER,
    /** Results cannot be written. */
    OUTPUT,
    /** The checkpoint is damaged, of another job, or not the ledger's last. */
    CHECKPOINT
  }

  private final Reason reason;

  /** A refusal; only the first line of the message is kept. */
  public JobException(Reason reason, String message) {
    super(message.lines().findFirst().orElse("no reason was given"));
    this.reason = reason;
  }

  /** A refusal; only the first line of the message is kept. */
  public JobException(Reason reason, String message, Throwable cause) {
    super(message.lines().findFirst().orElse("no reason was given"), cause);
    this.reason = reason;
  }

  /** A member that is not as it must be. */
  public static JobException member(String path, String seen, String allowed) {
    return new JobException(Reason.MEMBER, path + ": saw " + seen + ", allowed: " + allowed);
  }

  /** Kind of the refusal. */
  public Reason reason() {
    return reason;
  }
}
