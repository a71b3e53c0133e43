package io.silenda.attest.channel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Evidence;
import io.silenda.attest.Tee;
import io.silenda.attest.binding.BoundEvidence;
import io.silenda.attest.binding.KeyBinding;
import io.silenda.attest.binding.Purpose;
import io.silenda.attest.binding.WorkerIdentity;
import io.silenda.attest.hpke.HpkeKeyPair;
import io.silenda.attest.provider.EvidenceProvider;
import io.silenda.attest.provider.Probe;
import io.silenda.attest.receipt.ReceiptSigner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;

/**
 * The worker's end of the channel: holds the private keys, answers challenges with evidence over
 * them, opens requests and seals answers. Thread-safe. {@link #close} wipes what is secret.
 */
public final class AttestedEndpoint implements AutoCloseable {
  private final EvidenceProvider provider;
  private final WorkerIdentity identity;
  private final EndpointOptions options;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final ReceiptSigner receipts = new ReceiptSigner();
  private final KeyRing keys;
  private final SessionTable sessions;

  /**
   * An endpoint with new keys.
   *
   * @param provider makes the evidence, one piece for each challenge
   * @param identity what this worker is
   * @param options bounds
   * @param clock for expiry and receipts
   */
  public AttestedEndpoint(
      EvidenceProvider provider, WorkerIdentity identity, EndpointOptions options, Clock clock) {
    this.provider = provider;
    this.identity = identity;
    this.options = options;
    this.clock = clock;
    this.keys = new KeyRing(options.keyLifetime(), options.keyGrace(), clock.instant());
    this.sessions = new SessionTable(options.maxSessions());
  }

  /** What this worker is. */
  public WorkerIdentity identity() {
    return identity;
  }

  /** COSE_Key of the key that signs receipts. */
  public byte[] receiptKey() {
    return receipts.publicKey().encode();
  }

  /**
   * Answers a challenge with evidence, and opens a session.
   *
   * @param challenge {@link ClientHandshake#challenge}
   * @return for {@link ClientHandshake#complete}
   * @throws AttestationException where the challenge is malformed, or the provider failed
   */
  public byte[] introduce(byte[] challenge) throws AttestationException {
    byte[] nonce = Challenge.parse(challenge).nonce();
    Instant now = clock.instant();
    retireKeys(now);
    HpkeKeyPair pair = keys.current(now);
    KeyBinding binding =
        new KeyBinding(Purpose.SESSION, nonce, identity, pair.configuration(), receiptKey());
    byte[] reportData = binding.reportData();
    Evidence evidence = provider.provide(reportData);
    BoundEvidence bound = new BoundEvidence(binding, evidence);
    SessionGrant grant = new SessionGrant(reportData, newSessionId(), options.limits());
    WorkerSession.Terms terms =
        new WorkerSession.Terms(
            grant, nonce, bound.evidenceHash(), isSimulated(), now.plus(options.limits().maxAge()));
    sessions.add(new WorkerSession(terms, pair), now);
    return new Introduction(bound, receipts.signStatement(grant.encode())).encode();
  }

  private boolean isSimulated() {
    return provider.probe() instanceof Probe.Present present && present.tee() == Tee.SIMULATED;
  }

  private SessionId newSessionId() {
    byte[] id = new byte[SessionId.BYTES];
    random.nextBytes(id);
    return SessionId.of(id);
  }

  /**
   * Opens a sealed request.
   *
   * @throws AttestationException where it is not sealed, not of a session that lasts, was seen
   *     before or comes late, or its first frame does not open
   */
  public OpenedRequest open(byte[] request) throws AttestationException {
    try {
      return open(new ByteArrayInputStream(request));
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot fail to be read", e);
    }
  }

  /**
   * As {@link #open(byte[])}, reading no more than the first frame; the rest is read, and refused,
   * with the content.
   */
  public OpenedRequest open(InputStream request) throws IOException, AttestationException {
    Instant now = clock.instant();
    retireKeys(now);
    byte[] bytes = MessageStart.read("sealed-request", request, RequestHeader.BYTES);
    RequestHeader header = RequestHeader.parse(bytes);
    WorkerSession session = sessions.find(header.session());
    SessionKeys secrets = session.keysFor(header, now);
    try {
      FrameReader reader =
          new FrameReader(secrets.request(bytes), request, options.maxContentBytes());
      OpenedRequest opened =
          OpenedRequest.open(reader, header, bytes, secrets, new AnswerSigner(session));
      accept(session, header, secrets, now, opened);
      return opened;
    } catch (AttestationException | IOException | RuntimeException e) {
      secrets.close();
      throw e;
    }
  }

  private static void accept(
      WorkerSession session,
      RequestHeader header,
      SessionKeys secrets,
      Instant now,
      OpenedRequest opened)
      throws AttestationException {
    try {
      session.accept(header, secrets, now);
    } catch (AttestationException e) {
      opened.close();
      throw e;
    }
  }

  /** Gives new sessions a new HPKE key from now on; the old one serves its grace. */
  public void rotateKeys() {
    keys.rotate(clock.instant());
  }

  private void retireKeys(Instant now) {
    for (HpkeKeyPair retired : keys.retire(now)) {
      sessions.removeIf(session -> session.uses(retired));
      retired.close();
    }
  }

  /** Sessions that are remembered. */
  int sessionCount() {
    return sessions.size();
  }

  @Override
  public void close() {
    sessions.close();
    keys.close();
    receipts.close();
  }

  /** What an answer of a session needs of its endpoint. */
  final class AnswerSigner {
    private final WorkerSession session;

    private AnswerSigner(WorkerSession session) {
      this.session = session;
    }

    byte[] receipt(long sequence, byte[] inputHash, byte[] outputHash) {
      return receipts.sign(
          AnswerReceipts.of(
              session.terms(), identity, clock.instant(), sequence, inputHash, outputHash));
    }

    byte[] nonce() {
      byte[] nonce = new byte[BodyKeys.NONCE_BYTES];
      random.nextBytes(nonce);
      return nonce;
    }
  }
}
