package io.silenda.attest;

/**
 * Evidence that could not be parsed, verified or accepted. Carries the {@link Check} that failed:
 * its name, its reason code, what was seen and what was wanted.
 */
public final class AttestationException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Check check;
  private final Reason reason;

  /**
   * A refusal.
   *
   * @param reason the code of the refusal
   * @param check the name of the check that failed, such as {@code quote-signature}
   * @param seen what was found; never secret
   * @param wanted what would have passed
   */
  public AttestationException(Reason reason, String check, String seen, String wanted) {
    this(Check.failed(check, reason, seen, wanted));
  }

  /** A refusal by {@code check}, which must have failed. */
  public AttestationException(Check check) {
    super(check.sentence());
    this.check = check;
    this.reason = check.reason();
  }

  /** The code of this refusal. */
  public Reason reason() {
    return reason;
  }

  /** The check that failed. */
  public Check check() {
    return check;
  }
}
