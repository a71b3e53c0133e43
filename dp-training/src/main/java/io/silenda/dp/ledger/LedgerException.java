package io.silenda.dp.ledger;

/** The ledger refuses, and nothing was spent. */
public final class LedgerException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Kinds of refusals. */
  public enum Reason {
    /** The budget does not allow it; the message says what is left. */
    BUDGET_EXCEEDED,
    /** The file is not a chain of entries as this class writes it. */
    CORRUPT,
    /** The ledger is of other data, another budget or another neighbouring relation. */
    IDENTITY_MISMATCH,
    /** No accountant bounds what the ledger would then hold. */
    NOT_ACCOUNTABLE
  }

  private final Reason reason;

  LedgerException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Kind of the refusal. */
  public Reason reason() {
    return reason;
  }
}
