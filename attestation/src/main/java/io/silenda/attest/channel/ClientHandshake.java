package io.silenda.attest.channel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Verdict;
import io.silenda.attest.binding.EvidenceAppraisal;
import io.silenda.attest.binding.KeyBinding;
import io.silenda.attest.binding.OwnerPolicy;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;

/**
 * The client's way to a session: a challenge with a fresh nonce, and the appraisal of what comes
 * back. There is no other way, so nothing can be sealed before evidence was accepted. Serves one
 * exchange; not thread-safe.
 */
public final class ClientHandshake {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final OwnerPolicy policy;
  private final SessionLimits limits;
  private final Clock clock;
  private final byte[] nonce = new byte[KeyBinding.NONCE_BYTES];
  private final Instant begun;
  private boolean completed;

  private ClientHandshake(OwnerPolicy policy, SessionLimits limits, Clock clock) {
    this.policy = policy;
    this.limits = limits;
    this.clock = clock;
    this.begun = clock.instant();
    RANDOM.nextBytes(nonce);
  }

  /** Begins, with default limits. */
  public static ClientHandshake begin(OwnerPolicy policy, Clock clock) {
    return begin(policy, SessionLimits.DEFAULT, clock);
  }

  /**
   * Begins.
   *
   * @param policy what the worker has to be
   * @param limits how long its evidence is relied upon
   * @param clock for the age of evidence and of the session
   */
  public static ClientHandshake begin(OwnerPolicy policy, SessionLimits limits, Clock clock) {
    return new ClientHandshake(policy, limits, clock);
  }

  /** What to send to {@link AttestedEndpoint#introduce}. */
  public byte[] challenge() {
    return new Challenge(nonce).encode();
  }

  /**
   * Appraises the worker's introduction.
   *
   * @param introduction what came back
   * @return a session with a worker whose evidence the policy accepts
   * @throws AttestationException with the reason of the first refusal; no session then
   * @throws IllegalStateException at a second call: a nonce is good for one answer
   */
  public AttestedSession complete(byte[] introduction) throws AttestationException {
    if (completed) {
      throw new IllegalStateException("the handshake has been completed; begin another");
    }
    completed = true;
    Introduction parsed = Introduction.parse(introduction);
    EvidenceAppraisal.requireNonce(parsed.bound(), nonce);
    SessionGrant grant = parsed.grant();
    Instant now = clock.instant();
    Verdict verdict = new EvidenceAppraisal(policy).appraise(parsed.bound(), nonce, now);
    SessionTerms terms =
        new SessionTerms(parsed.bound(), grant.id(), limits.and(grant.limits()), begun);
    return AttestedSession.open(terms, verdict, clock);
  }
}
