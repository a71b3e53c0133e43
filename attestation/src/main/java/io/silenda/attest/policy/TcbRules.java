package io.silenda.attest.policy;

import io.silenda.attest.Check;
import io.silenda.attest.Claims;
import io.silenda.attest.Reason;
import io.silenda.attest.TcbStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What a policy says about the trusted computing base. */
final class TcbRules {
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
    policy
        .evaluationFloor()
        .ifPresent(
            floor -> {
              long number = claims.tcbEvaluationDataNumber().orElse(-1);
              checks.add(
                  Appraiser.check(
                      "policy-evaluation",
                      number >= floor,
                      Reason.EVALUATION_NUMBER,
                      number < 0 ? "no evaluation number" : "evaluation number " + number,
                      "evaluation at least " + floor));
            });
    return checks;
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
    boolean judged = !policy.minimumTcb().isEmpty() || policy.statuses().anything();
    return Appraiser.check(
        "policy-status",
        !versioned || judged,
        Reason.TCB_UNKNOWN,
        versioned
            ? "versions " + claims.tcbComponents() + " and no status"
            : "a technology without TCB levels",
        line + ", or a minimum such as: snp at least 22");
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
