package io.silenda.attest.release;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.Verdict;
import io.silenda.attest.binding.BoundEvidence;
import io.silenda.attest.binding.EvidenceAppraisal;
import io.silenda.attest.binding.KeyBinding;
import io.silenda.attest.binding.OwnerPolicy;
import io.silenda.attest.binding.Purpose;
import io.silenda.attest.hpke.Secrets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Holds an owner's keys and releases each to workers whose evidence its policy accepts, sealed to a
 * key that the evidence vouches for. A release is in the log before it leaves. Thread-safe. {@link
 * #close} wipes the keys; the log stays open.
 */
public final class KeyBroker implements AutoCloseable {
  private static final int MAX_KEY_BYTES = 4096;

  private record Held(byte[] key, OwnerPolicy policy) {}

  private final ReleaseLog log;
  private final Clock clock;
  private final Map<String, Held> held = new HashMap<>();
  private final PendingChallenges challenges = new PendingChallenges();

  /** A broker without keys. */
  public KeyBroker(ReleaseLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  /**
   * Takes a key into custody; a copy is kept.
   *
   * @param keyName 1 to 128 letters, digits and {@code ._:/+-}
   * @param key 1 to 4096 bytes
   * @param policy whom it may go to
   */
  public void hold(String keyName, byte[] key, OwnerPolicy policy) {
    ReleaseMessage.requireKeyName(keyName);
    if (key.length < 1 || key.length > MAX_KEY_BYTES) {
      throw new IllegalArgumentException(
          "key: " + key.length + " bytes, must be 1 to " + MAX_KEY_BYTES);
    }
    synchronized (held) {
      drop(keyName);
      held.put(keyName, new Held(key.clone(), policy));
    }
  }

  /** Revokes: nobody gets the key from now on. */
  public void drop(String keyName) {
    synchronized (held) {
      Held before = held.remove(keyName);
      if (before != null) {
        Secrets.wipe(before.key());
      }
    }
  }

  /**
   * Answers a request with a challenge. Whether a key of that name is held is not said yet.
   *
   * @param request {@link KeyRequest#request}
   */
  public byte[] challenge(byte[] request) throws AttestationException {
    String keyName = ReleaseMessage.parse(ReleaseMessage.Kind.REQUEST, request).keyName();
    byte[] nonce = challenges.issue(keyName, clock.instant());
    return ReleaseMessage.encode(ReleaseMessage.Kind.CHALLENGE, keyName, nonce);
  }

  /**
   * Releases a key, or refuses. Either way the challenge is used up.
   *
   * @param attestation {@link KeyRequest#attest}
   * @return for {@link KeyRequest#open}
   * @throws AttestationException where the evidence is not what the owner wants, or the release
   *     cannot be logged
   */
  public byte[] release(byte[] attestation) throws AttestationException {
    Instant now = clock.instant();
    ReleaseMessage message = ReleaseMessage.parse(ReleaseMessage.Kind.ATTESTATION, attestation);
    String keyName = message.keyName();
    BoundEvidence bound = BoundEvidence.parse(Purpose.KEY_RELEASE, message.part(0));
    KeyBinding binding = bound.binding();
    challenges.take(binding.nonce(), keyName, now);
    OwnerPolicy policy = find(keyName).policy();
    Verdict verdict = new EvidenceAppraisal(policy).appraiseUnchallenged(bound, now);
    byte[] response = seal(binding, keyName, policy);
    log.append(
        new Release(
            now.truncatedTo(ChronoUnit.MILLIS),
            keyName,
            binding.identity().workerDigest(),
            binding.reportData(),
            bound.evidenceHash(),
            policy.digest(),
            verdict.simulated()));
    return response;
  }

  private Held find(String keyName) throws AttestationException {
    synchronized (held) {
      Held found = held.get(keyName);
      if (found == null) {
        throw new AttestationException(
            Reason.UNKNOWN_CHALLENGE, "release-key", "key " + keyName, "a key that is held");
      }
      return found;
    }
  }

  /** Seals what is held now: a key that was dropped or replaced meanwhile is another matter. */
  private byte[] seal(KeyBinding binding, String keyName, OwnerPolicy appraised)
      throws AttestationException {
    synchronized (held) {
      Held found = find(keyName);
      if (found.policy() != appraised) {
        throw new AttestationException(
            Reason.UNKNOWN_CHALLENGE,
            "release-key",
            "a key that was replaced",
            "the key asked for");
      }
      return ReleaseSeal.seal(binding, keyName, found.key());
    }
  }

  @Override
  public void close() {
    synchronized (held) {
      Set.copyOf(held.keySet()).forEach(this::drop);
    }
  }
}
