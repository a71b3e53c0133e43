package io.silenda.dp.checkpoint;

/** A checkpoint that is not gone on from; the message is one line. */
public final class CheckpointException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Kinds of refusals. */
  public enum Reason {
    /** No whole checkpoint of a known version. */
    DAMAGED,
    /** Of another job, other data or another network. */
    OTHER_JOB,
    /**
     * The ledger's last entry of the run does not follow from it: an older copy, or a changed one.
     */
    NOT_THE_LEDGERS_LAST
  }

  private final Reason reason;

  CheckpointException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Kind of the refusal. */
  public Reason reason() {
    return reason;
  }
}
