package io.silenda.attest;

import java.util.Locale;

/**
 * One thing that was looked at.
 *
 * @param name what was checked, such as {@code quote-signature}; in kebab case
 * @param outcome how it ended
 * @param reason {@link Reason#NONE} where it passed
 * @param seen what was found; never secret
 * @param wanted what passes
 */
public record Check(String name, Outcome outcome, Reason reason, String seen, String wanted) {
  /** How a check ended. */
  public enum Outcome {
    /** Looked at and found good. */
    PASSED,
    /** Looked at and found bad: the evidence is refused. */
    FAILED,
    /** Seen, and proven to be so; whether that is good only a policy can say. */
    UNDECIDED,
    /** Not looked at, because something was missing or not asked for: never counts as passed. */
    NOT_CHECKED;

    /** The name in JSON, such as {@code not-checked}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** A check that passed. */
  public static Check passed(String name, String seen, String wanted) {
    return new Check(name, Outcome.PASSED, Reason.NONE, seen, wanted);
  }

  /** A check that failed. */
  public static Check failed(String name, Reason reason, String seen, String wanted) {
    return new Check(name, Outcome.FAILED, reason, seen, wanted);
  }

  /** A finding that a policy has to decide upon. */
  public static Check undecided(String name, Reason reason, String seen, String wanted) {
    return new Check(name, Outcome.UNDECIDED, reason, seen, wanted);
  }

  /** A check that could not be made. */
  public static Check notChecked(String name, Reason reason, String seen, String wanted) {
    return new Check(name, Outcome.NOT_CHECKED, reason, seen, wanted);
  }

  /** This check as one line for people. */
  public String sentence() {
    return name + ": " + seen + " (wanted: " + wanted + ")";
  }
}
