package io.silenda.attest.binding;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Check;
import io.silenda.attest.Reason;
import io.silenda.attest.Verdict;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.VerificationMode;
import io.silenda.attest.hpke.Secrets;
import io.silenda.attest.policy.Allowed;
import io.silenda.attest.provider.ReportData;
import io.silenda.attest.verifier.Verifier;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Decides whether bound evidence is what its owner wants: it carries the hash of this nonce and
 * these keys, is accepted by the owner's policy, and names a worker on the owner's lists. Immutable
 * and thread-safe.
 */
public final class EvidenceAppraisal {
  private final OwnerPolicy policy;

  /** Appraises by {@code policy}. */
  public EvidenceAppraisal(OwnerPolicy policy) {
    this.policy = policy;
  }

  /**
   * The verdict, which is one of acceptance.
   *
   * @param bound what came
   * @param nonce what was sent
   * @param now the caller's clock
   * @throws AttestationException with the reason of the first refusal; {@link
   *     Reason#NONCE_MISMATCH} where another nonce came back, {@link Reason#EVIDENCE_NOT_BOUND}
   *     where the evidence was made for another nonce or for other keys
   */
  public Verdict appraise(BoundEvidence bound, byte[] nonce, Instant now)
      throws AttestationException {
    requireNonce(bound, nonce);
    return appraiseUnchallenged(bound, now);
  }

  /**
   * Refuses an answer to another challenge.
   *
   * @throws AttestationException {@link Reason#NONCE_MISMATCH}
   */
  public static void requireNonce(BoundEvidence bound, byte[] nonce) throws AttestationException {
    if (!Secrets.equal(bound.binding().nonce(), nonce)) {
      throw new AttestationException(
          Reason.NONCE_MISMATCH, "nonce", "an answer to another challenge", "the nonce sent");
    }
  }

  /**
   * As {@link #appraise}, whatever the nonce is: for records of the past, whose freshness was the
   * business of whoever sent the nonce.
   */
  public Verdict appraiseUnchallenged(BoundEvidence bound, Instant now)
      throws AttestationException {
    String format = bound.evidence().format();
    String wanted = ReportData.nonceIn(format, bound.binding().reportData());
    VerificationContext context =
        new VerificationContext(VerificationMode.FULL, Optional.of(now), policy.anchors());
    Verdict verdict =
        new Verifier(policy.appraisal().withNonce(wanted), policy.published())
            .verify(bound.evidence(), context);
    if (!verdict.accepted()) {
      throw refusal(verdict);
    }
    WorkerIdentity identity = bound.binding().identity();
    requireListed("worker", policy.workers(), identity.workerDigest(), Reason.WORKER_NOT_ACCEPTED);
    requireListed("model", policy.models(), identity.modelDigest(), Reason.MODEL_NOT_ACCEPTED);
    requireListed(
        "worker-policy",
        policy.workerPolicies(),
        identity.policyDigest(),
        Reason.WORKER_POLICY_NOT_ACCEPTED);
    return verdict;
  }

  private static AttestationException refusal(Verdict verdict) {
    Check failed =
        verdict.checks().stream()
            .filter(check -> check.outcome() == Check.Outcome.FAILED)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("a refusal without a failed check"));
    Reason reason =
        failed.reason() == Reason.NONCE_MISMATCH ? Reason.EVIDENCE_NOT_BOUND : failed.reason();
    return new AttestationException(reason, failed.name(), failed.seen(), failed.wanted());
  }

  private static void requireListed(String what, Allowed listed, byte[] digest, Reason reason)
      throws AttestationException {
    String hex = HexFormat.of().formatHex(digest);
    if (!listed.accepts(hex)) {
      throw new AttestationException(
          reason,
          "owner-" + what,
          what + " " + hex,
          listed.isNothing() ? "the owner's policy lists none" : listed.toString());
    }
  }
}
