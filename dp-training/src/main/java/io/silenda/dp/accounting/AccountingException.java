package io.silenda.dp.accounting;

/** No sound answer exists or is known: the accountant refuses and says why. */
public final class AccountingException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Kinds of refusals. */
  public enum Reason {
    /** The accountant has no bound for this event, or for these events together. */
    EVENT_NOT_SUPPORTED,
    /** The event has no meaning, or no bound, under the neighbouring relation asked for. */
    ADJACENCY_NOT_SUPPORTED,
    /** The claim is known to be false for this mechanism. */
    UNSOUND,
    /** No finite epsilon holds at the delta asked for. */
    NO_FINITE_EPSILON,
    /** No noise in the range searched reaches the target. */
    TARGET_OUT_OF_REACH,
    /** The answer needs more memory than is granted. */
    TOO_LARGE
  }

  private final Reason reason;

  /** A refusal; the message is one line. */
  public AccountingException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Kind of the refusal. */
  public Reason reason() {
    return reason;
  }
}
