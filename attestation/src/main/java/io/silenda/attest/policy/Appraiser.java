package io.silenda.attest.policy;

import io.silenda.attest.Check;
import io.silenda.attest.Check.Outcome;
import io.silenda.attest.Claims;
import io.silenda.attest.Reason;
import io.silenda.attest.log.LogBundle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds proven claims against a policy. Every rule is looked at, so that a verdict lists all that
 * is wrong and not only the first. Immutable and thread-safe.
 */
public final class Appraiser {
  private final Policy policy;

  /** Appraises by {@code policy}. */
  public Appraiser(Policy policy) {
    this.policy = policy;
  }

  /**
   * Appraises.
   *
   * @param claims what has been proven
   * @param verification the checks of the verification; those left open are decided here
   * @param time the caller's clock
   * @param published proofs that measurements are in a log
   * @return all checks, those of the verification first
   */
  public List<Check> appraise(
      Claims claims, List<Check> verification, Optional<Instant> time, List<LogBundle> published) {
    List<Check> checks = new ArrayList<>();
    verification.forEach(check -> checks.add(decide(check)));
    checks.add(simulated(claims));
    checks.add(tee(claims));
    checks.add(debug(claims));
    checks.addAll(new TcbRules(policy).check(claims));
    checks.addAll(new MeasurementRules(policy).check(claims));
    checks.addAll(new FreshnessRules(policy).check(claims, time));
    checks.add(platform(claims));
    checks.addAll(LogRules.check(policy.logRules(), claims, published));
    return checks;
  }

  private Check decide(Check check) {
    boolean excused = policy.excused().accepts(check.name());
    return switch (check.outcome()) {
      case PASSED, FAILED -> check;
      case UNDECIDED ->
          excused
              ? Check.passed(check.name(), check.seen(), "policy: excuse " + check.name())
              : Check.failed(
                  check.name(), check.reason(), check.seen(), check.wanted() + orExcuse(check));
      case NOT_CHECKED ->
          excused
              ? check
              : Check.failed(
                  check.name(),
                  Reason.UNCHECKED,
                  "not checked: " + check.seen(),
                  check.wanted() + orExcuse(check));
    };
  }

  private static String orExcuse(Check check) {
    return ", or policy: excuse " + check.name();
  }

  private Check tee(Claims claims) {
    String tee = claims.tee().code();
    return check(
        "policy-accept",
        policy.tees().accepts(tee),
        Reason.TEE_NOT_ACCEPTED,
        tee,
        "accept " + policy.tees());
  }

  private Check debug(Claims claims) {
    String wanted = policy.debugAllowed() ? "debug allowed" : "debug is not allowed";
    return switch (claims.debug()) {
      case OFF -> Check.passed("policy-debug", "debug off", "policy: " + wanted);
      case ON -> check("policy-debug", policy.debugAllowed(), Reason.DEBUG, "debug on", wanted);
      case UNKNOWN ->
          check(
              "policy-debug",
              policy.debugAllowed()
                  || policy.excused().accepts("policy-debug")
                  || allowedSimulation(claims),
              Reason.DEBUG_UNKNOWN,
              "nothing says whether debug is on",
              allowedSimulation(claims) ? "simulated allowed" : wanted);
    };
  }

  /** Who lets simulation pass has let worse than a debugger pass. */
  private boolean allowedSimulation(Claims claims) {
    return claims.simulated() && policy.simulatedAllowed();
  }

  private Check simulated(Claims claims) {
    return check(
        "policy-simulated",
        !claims.simulated() || policy.simulatedAllowed(),
        Reason.SIMULATED,
        claims.simulated() ? "SIMULATED: no hardware" : "hardware",
        policy.simulatedAllowed() ? "simulated allowed" : "simulated is not allowed");
  }

  private Check platform(Claims claims) {
    String id = claims.platformId().orElse("no identifier");
    boolean listed =
        policy.platforms().anything()
            || claims.platformId().filter(policy.platforms()::accepts).isPresent();
    return check(
        "policy-platform",
        listed,
        Reason.PLATFORM_NOT_LISTED,
        id,
        "platform is " + policy.platforms());
  }

  /** A check of a policy line. */
  static Check check(String name, boolean holds, Reason reason, String seen, String line) {
    String wanted = "policy: " + line;
    return holds ? Check.passed(name, seen, wanted) : Check.failed(name, reason, seen, wanted);
  }

  /** The first check that failed. */
  public static Optional<Check> firstFailure(List<Check> checks) {
    return checks.stream().filter(check -> check.outcome() == Outcome.FAILED).findFirst();
  }
}
