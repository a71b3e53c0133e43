package io.silenda.attest.verifier;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Check;
import io.silenda.attest.CheckList;
import io.silenda.attest.Claims;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.Verdict;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.log.LogBundle;
import io.silenda.attest.policy.Appraiser;
import io.silenda.attest.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Verifies evidence of any format and appraises it by a policy. Offline; the clock is the caller's.
 * Immutable and thread-safe.
 */
public final class Verifier {
  private final Policy policy;
  private final List<LogBundle> published;

  /** A verifier by {@code policy}. */
  public Verifier(Policy policy) {
    this(policy, List.of());
  }

  /** A verifier by {@code policy}, with proofs for its log rules. */
  public Verifier(Policy policy, List<LogBundle> published) {
    this.policy = policy;
    this.published = List.copyOf(published);
  }

  /** The verdict; never throws for anything that the evidence holds. */
  public Verdict verify(Evidence evidence, VerificationContext context) {
    CheckList checks = new CheckList();
    try {
      Claims claims = EvidenceFormats.all().verify(evidence, context, checks);
      return verdict(
          claims,
          new Appraiser(policy).appraise(claims, checks.toList(), context.time(), published));
    } catch (AttestationException e) {
      checks.add(e.check());
      return new Verdict(
          evidence.format(),
          false,
          e.reason(),
          e.check().sentence(),
          checks.toList(),
          checks.signed().flatMap(Claims::tcbStatus),
          checks.signed().map(Claims::advisoryIds).orElseGet(TreeSet::new),
          checks.signedOrStated().map(Claims::measured).orElseGet(Map::of),
          checks.signedOrStated().map(Claims::simulated).orElse(false));
    }
  }

  private static String accepted(Claims claims) {
    return (claims.simulated() ? "SIMULATED, no hardware: " : "")
        + "verified, and as the policy wants it";
  }

  private static Verdict verdict(Claims claims, List<Check> checks) {
    Optional<Check> failure = Appraiser.firstFailure(checks);
    return new Verdict(
        claims.format(),
        failure.isEmpty(),
        failure.map(Check::reason).orElse(Reason.NONE),
        failure.map(Check::sentence).orElse(accepted(claims)),
        checks,
        claims.tcbStatus(),
        claims.advisoryIds(),
        claims.measured(),
        claims.simulated());
  }
}
