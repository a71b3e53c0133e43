package io.silenda.attest.channel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.hpke.HpkeKeyPair;
import io.silenda.attest.hpke.Secrets;
import java.time.Instant;
import java.util.Optional;

/**
 * What a worker remembers of one session. Its secrets are those of the first encapsulation under
 * which a request opened; no other is accepted after that. Thread-safe.
 */
final class WorkerSession implements AutoCloseable {
  /**
   * What a session was opened for.
   *
   * @param grant the session
   * @param nonce the client's
   * @param evidenceHash SHA-256 of the evidence
   * @param simulated whether no hardware stands behind that
   * @param expires by the worker's clock
   */
  record Terms(
      SessionGrant grant, byte[] nonce, byte[] evidenceHash, boolean simulated, Instant expires) {}

  private final Terms terms;
  private final HpkeKeyPair pair;
  private final ReplayWindow window = new ReplayWindow();
  private Optional<SessionKeys> keys = Optional.empty();
  private boolean closed;

  WorkerSession(Terms terms, HpkeKeyPair pair) {
    this.terms = terms;
    this.pair = pair;
  }

  Terms terms() {
    return terms;
  }

  boolean uses(HpkeKeyPair key) {
    return pair == key;
  }

  boolean isExpired(Instant now) {
    return !now.isBefore(terms.expires());
  }

  /**
   * The secrets for a request, as far as its header goes: the session lasts, and the counter and
   * the encapsulated key are acceptable. The caller closes them.
   */
  synchronized SessionKeys keysFor(RequestHeader header, Instant now) throws AttestationException {
    requireOpen(header, now);
    window.check(header.counter());
    if (keys.isEmpty()) {
      byte[] info = SessionKeys.info(terms.grant().id(), terms.grant().reportData());
      return SessionKeys.of(pair.receive(header.encapsulated(), info));
    }
    if (!Secrets.equal(keys.get().encapsulated(), header.encapsulated())) {
      throw new AttestationException(
          Reason.OTHER_EXCHANGE, "session", "another encapsulated key", "the session's own");
    }
    return keys.get().copy();
  }

  /** Takes the counter of a request that opened under {@code used}. */
  synchronized void accept(RequestHeader header, SessionKeys used, Instant now)
      throws AttestationException {
    requireOpen(header, now);
    window.accept(header.counter());
    if (keys.isEmpty()) {
      keys = Optional.of(used.copy());
    }
  }

  private void requireOpen(RequestHeader header, Instant now) throws AttestationException {
    if (closed || header.keyId() != pair.configuration().keyId()) {
      throw new AttestationException(
          Reason.KEY_RETIRED, "key", "key " + header.keyId(), "a key that is in use");
    }
    if (isExpired(now) || header.counter() > terms.grant().limits().maxRequests()) {
      throw new AttestationException(
          Reason.SESSION_EXPIRED, "session", "a session past its bounds", "new evidence");
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    keys.ifPresent(SessionKeys::close);
    keys = Optional.empty();
  }
}
