package io.silenda.attest.policy;

import io.silenda.attest.Check;
import io.silenda.attest.Claims;
import io.silenda.attest.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Nonce and ages. */
final class FreshnessRules {
  private final Policy policy;

  FreshnessRules(Policy policy) {
    this.policy = policy;
  }

  List<Check> check(Claims claims, Optional<Instant> time) {
    List<Check> checks = new ArrayList<>();
    checks.add(nonce(claims));
    policy
        .maxEvidenceAge()
        .ifPresent(max -> checks.add(age("evidence", claims.issuedAt(), time, max)));
    policy
        .maxCollateralAge()
        .ifPresent(max -> checks.add(age("collateral", claims.collateralIssuedAt(), time, max)));
    return checks;
  }

  private Check nonce(Claims claims) {
    String name = "policy-nonce";
    String line = "nonce is " + (policy.nonce().isNothing() ? "missing" : policy.nonce());
    if (policy.nonce().anything()) {
      return Check.passed(name, "any nonce: this may be a replay", "policy: " + line);
    }
    if (policy.nonce().isNothing()) {
      return Check.failed(
          name, Reason.MISSING_NONCE, "a policy without a nonce", "policy: nonce is HEX");
    }
    if (claims.nonce().isEmpty()) {
      return Check.failed(
          name, Reason.MISSING_NONCE, "evidence without a nonce", "policy: " + line);
    }
    String seen = claims.nonce().get();
    return Appraiser.check(
        name,
        matches(policy.nonce().values().first(), seen),
        Reason.NONCE_MISMATCH,
        "nonce " + seen,
        line);
  }

  /** A nonce may be shorter than its field; what is left of the field must be zero then. */
  private static boolean matches(String wanted, String field) {
    return field.startsWith(wanted)
        && field.substring(wanted.length()).chars().allMatch(digit -> digit == '0');
  }

  private static Check age(
      String what, Optional<Instant> issued, Optional<Instant> time, Duration max) {
    String name = "policy-" + what + "-age";
    String line = what + " within " + PolicyText.duration(max);
    if (issued.isEmpty() || time.isEmpty()) {
      return Check.failed(
          name,
          Reason.MISSING_AGE,
          issued.isEmpty() ? "nothing says when it was made" : "no time was given",
          "policy: " + line);
    }
    Duration age = Duration.between(issued.get(), time.get());
    return Appraiser.check(
        name,
        !age.isNegative() && age.compareTo(max) <= 0,
        Reason.TOO_OLD,
        "made " + issued.get() + ", " + age.toSeconds() + " seconds ago",
        line);
  }
}
