package io.silenda.attest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What has been checked so far, in order. A verifier writes to it while it works, so that a verdict
 * can list what passed before something failed. Not thread-safe: one for each verification.
 */
public final class CheckList {
  private final List<Check> checks = new ArrayList<>();
  private Optional<Claims> signed = Optional.empty();
  private Optional<Claims> stated = Optional.empty();

  /** Notes a check that passed. */
  public void passed(String name, String seen, String wanted) {
    checks.add(Check.passed(name, seen, wanted));
  }

  /** Notes a check that could not be made. A strict policy refuses evidence that has one. */
  public void notChecked(String name, Reason reason, String seen, String wanted) {
    checks.add(Check.notChecked(name, reason, seen, wanted));
  }

  /** Notes something proven that is good or bad by policy. A strict policy refuses it. */
  public void undecided(String name, Reason reason, String seen, String wanted) {
    checks.add(Check.undecided(name, reason, seen, wanted));
  }

  /**
   * Notes that a check passed, or refuses. The failed check is in the exception and not in this
   * list; whoever catches it adds it.
   *
   * @throws AttestationException where {@code holds} is false
   */
  public void require(boolean holds, String name, Reason reason, String seen, String wanted)
      throws AttestationException {
    if (!holds) {
      throw new AttestationException(reason, name, seen, wanted);
    }
    passed(name, seen, wanted);
  }

  /** Adds a check that was made elsewhere. */
  public void add(Check check) {
    checks.add(check);
  }

  /**
   * Notes what a signature that leads to a pinned root covers, as soon as that is proven: should a
   * later check refuse the evidence, its verdict can still say what it was about.
   */
  public void signed(Claims claims) {
    signed = Optional.of(claims);
  }

  /**
   * Notes what evidence states about itself before anything of it is proven, so that the verdict
   * that refuses it can say what it claimed to be. Never a reason to accept.
   */
  public void stated(Claims claims) {
    stated = Optional.of(claims);
  }

  /** What the refused evidence is about: what was signed, or else only stated. */
  public Optional<Claims> signedOrStated() {
    return signed.or(() -> stated);
  }

  /** What has been proven to be signed, so far. */
  public Optional<Claims> signed() {
    return signed;
  }

  /** A copy of the list. */
  public List<Check> toList() {
    return List.copyOf(checks);
  }
}
