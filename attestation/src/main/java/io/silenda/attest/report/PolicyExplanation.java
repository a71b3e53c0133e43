package io.silenda.attest.report;

import io.silenda.attest.policy.Policy;
import java.util.ArrayList;
import java.util.List;

/** What a policy lets pass, for people; what weakens it stands first. */
public final class PolicyExplanation {
  private PolicyExplanation() {}

  /** One sentence a line. */
  public static List<String> of(Policy policy) {
    List<String> lines = new ArrayList<>(weaknesses(policy));
    lines.add("accepts evidence of: " + policy.tees());
    lines.add("accepts TCB status: " + policy.statuses() + "; Revoked is always refused");
    lines.add(
        policy.advisories().isNothing()
            ? "refuses if any advisory applies"
            : "accepts that these advisories apply: " + policy.advisories());
    policy
        .measurements()
        .forEach((register, values) -> lines.add("wants " + register + " to be " + values));
    policy
        .minimumTcb()
        .forEach((component, minimum) -> lines.add("wants " + component + " >= " + minimum));
    policy
        .evaluationFloor()
        .ifPresent(floor -> lines.add("refuses collateral of an evaluation before " + floor));
    policy
        .maxEvidenceAge()
        .ifPresent(age -> lines.add("refuses evidence older than " + age.toSeconds() + " s"));
    policy
        .maxCollateralAge()
        .ifPresent(age -> lines.add("refuses collateral older than " + age.toSeconds() + " s"));
    lines.add("accepts platforms: " + policy.platforms());
    policy.logRules().forEach(rule -> lines.add("wants " + rule));
    return lines;
  }

  private static List<String> weaknesses(Policy policy) {
    List<String> lines = new ArrayList<>();
    warn(lines, policy.debugAllowed(), "debuggable attesters pass: their secrets are anybody's");
    warn(lines, policy.simulatedAllowed(), "evidence without hardware passes");
    warn(lines, policy.nonce().anything(), "any nonce passes: evidence may be a replay");
    warn(lines, policy.measurementsAny(), "code without reference values passes: any code");
    warn(lines, policy.statuses().anything(), "any TCB status but Revoked passes");
    warn(
        lines, !policy.excused().isNothing(), "these checks may be left open: " + policy.excused());
    if (policy.nonce().isNothing()) {
      lines.add("refuses everything until it is given a nonce");
    }
    if (policy.measurements().isEmpty() && !policy.measurementsAny()) {
      lines.add("refuses everything until it is given reference values");
    }
    return lines;
  }

  private static void warn(List<String> lines, boolean holds, String text) {
    if (holds) {
      lines.add("WEAK: " + text);
    }
  }
}
