package io.silenda.attest.policy;

import io.silenda.attest.Check;
import io.silenda.attest.Claims;
import io.silenda.attest.Reason;
import io.silenda.attest.TcbStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a policy says about the trusted computing base. */
final class TcbRules {
  /**
   * What AMD's reported TCB is made of (Turin adds {@code fmc}); old firmware in any one of them
   * opens the others.
   */
  private static final Set<String> SNP_COMPONENTS = Set.of("bootloader", "tee", "snp", "microcode");

  private final Policy policy;

  TcbRules(Policy policy) {
    this.policy = policy;
  }

  List<Check> check(Claims claims) {
    List<Check> checks = new ArrayList<>();
    checks.add(status(claims));
    checks.add(advisories(claims));
    policy
        .minimumTcb()
        .forEach((component, minimum) -> checks.add(minimum(claims, component, minimum)));
    evaluation(claims).ifPresent(checks::add);
    return checks;
  }

  /** Old collateral still verifies: only a floor shows that somebody rolled it back. */
  private Optional<Check> evaluation(Claims claims) {
    String name = "policy-evaluation";
    long number = claims.tcbEvaluationDataNumber().orElse(-1);
    if (policy.evaluationFloor().isPresent()) {
      long floor = policy.evaluationFloor().getAsLong();
      return Optional.of(
          Appraiser.check(
              name,
              number >= floor,
              Reason.EVALUATION_NUMBER,
              number < 0 ? "no evaluation number" : "evaluation number " + number,
              "evaluation at least " + floor));
    }
    if (number < 0 || policy.excused().accepts(name)) {
      return Optional.empty();
    }
    return Optional.of(
        Check.failed(
            name,
            Reason.EVALUATION_NUMBER,
            "a policy without a floor, and evaluation number " + number,
            "policy: evaluation at least N, or excuse " + name));
  }

  private Check status(Claims claims) {
    String line = "status " + policy.statuses();
    if (claims.tcbStatus().isPresent()) {
      TcbStatus status = claims.tcbStatus().get();
      if (status == TcbStatus.REVOKED) {
        return Check.failed(
            "policy-status", Reason.TCB_REVOKED, status.code(), "never accepted, by any policy");
      }
      return Appraiser.check(
          "policy-status",
          policy.statuses().accepts(status.code()),
          Reason.TCB_STATUS,
          status.code(),
          line);
    }
    boolean versioned = !claims.tcbComponents().isEmpty();
    Set<String> unjudged = new TreeSet<>(claims.tcbComponents().keySet());
    unjudged.retainAll(SNP_COMPONENTS);
    unjudged.removeAll(policy.minimumTcb().keySet());
    boolean judged =
        policy.statuses().anything() || (!policy.minimumTcb().isEmpty() && unjudged.isEmpty());
    return Appraiser.check(
        "policy-status",
        !versioned || judged,
        Reason.TCB_UNKNOWN,
        versioned
            ? "versions " + claims.tcbComponents() + ", no status, no minimum of " + unjudged
            : "a technology without TCB levels",
        line + ", or a minimum of every component: snp at least 22; microcode at least 115; ...");
  }

  private Check advisories(Claims claims) {
    TreeSet<String> open = new TreeSet<>(claims.advisoryIds());
    open.removeIf(policy.advisories()::accepts);
    String line =
        policy.advisories().isNothing() ? "no advisory" : "advisory " + policy.advisories();
    return Appraiser.check(
        "policy-advisory",
        open.isEmpty(),
        Reason.ADVISORY,
        open.isEmpty() ? "none but accepted" : String.join(", ", open) + " not accepted",
        line);
  }

  private static Check minimum(Claims claims, String component, long minimum) {
    Long version = claims.tcbComponents().get(component);
    return Appraiser.check(
        "policy-minimum-" + component,
        version != null && version >= minimum,
        Reason.TCB_BELOW_MINIMUM,
        version == null
            ? "no component " + component + ", there are " + claims.tcbComponents().keySet()
            : component + " " + version,
        component + " at least " + minimum);
  }
}
