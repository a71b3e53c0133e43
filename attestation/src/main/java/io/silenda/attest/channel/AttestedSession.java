package io.silenda.attest.channel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.Verdict;
import io.silenda.attest.binding.EvidenceAppraisal;
import io.silenda.attest.binding.OwnerPolicy;
import io.silenda.attest.binding.WorkerIdentity;
import io.silenda.attest.cose.Ed25519Key;
import io.silenda.attest.hpke.Hpke;
import io.silenda.attest.receipt.ReceiptBundle;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;

/**
 * The client's end of a session with a worker whose evidence was accepted. Seals requests, each
 * under keys of its own, until its time or its requests are used up. Thread-safe; requests have to
 * reach the worker in the order in which they were sealed. {@link #close} wipes the secrets.
 */
public final class AttestedSession implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SessionTerms terms;
  private final Verdict verdict;
  private final Ed25519Key receiptKey;
  private final SessionKeys keys;
  private final Clock clock;
  private long counter;
  private boolean closed;

  private AttestedSession(
      SessionTerms terms, Verdict verdict, SessionKeys keys, long counter, Clock clock)
      throws AttestationException {
    this.terms = terms;
    this.verdict = verdict;
    this.receiptKey = Ed25519Key.parse(terms.bound().binding().receiptKey());
    this.keys = keys;
    this.counter = counter;
    this.clock = clock;
  }

  static AttestedSession open(SessionTerms terms, Verdict verdict, Clock clock)
      throws AttestationException {
    SessionKeys keys = SessionKeys.of(Hpke.send(terms.bound().binding().hpke(), terms.info()));
    return new AttestedSession(terms, verdict, keys, 0, clock);
  }

  /**
   * Goes on with a session that was suspended, without new evidence, as long as its bounds allow.
   * Its evidence is held against {@code policy} again.
   *
   * @param ticket of {@link #suspend}; each serves once
   * @throws AttestationException {@link Reason#SESSION_EXPIRED}, or why the policy refuses by now
   */
  public static AttestedSession resume(ResumptionTicket ticket, OwnerPolicy policy, Clock clock)
      throws AttestationException {
    Instant now = clock.instant();
    requireWithin(ticket.terms(), ticket.counter(), now);
    Verdict verdict =
        new EvidenceAppraisal(policy).appraiseUnchallenged(ticket.terms().bound(), now);
    return new AttestedSession(ticket.terms(), verdict, ticket.takeKeys(), ticket.counter(), clock);
  }

  /** The verdict that allowed this session. */
  public Verdict verdict() {
    return verdict;
  }

  /** The worker at the other end. */
  public WorkerIdentity worker() {
    return terms.bound().binding().identity();
  }

  /** The worker's number of this session, hex; no secret. */
  public String id() {
    return terms.id().hex();
  }

  /** When this session ends at the latest. */
  public Instant expires() {
    return terms.expires();
  }

  /** The receipt of an answer of this session with its evidence, for others to verify offline. */
  public ReceiptBundle bundle(SignedReceipt receipt) {
    return new ReceiptBundle(receipt.bytes(), terms.bound());
  }

  /**
   * Seals a request.
   *
   * @throws AttestationException {@link Reason#SESSION_EXPIRED} where new evidence is needed
   */
  public SealedRequest seal(byte[] content) throws AttestationException {
    MessageBuffer out =
        new MessageBuffer(RequestHeader.BYTES + Frames.sealedBytes(content.length, 0));
    try {
      RequestStream stream = begin(out);
      stream.write(content);
      Exchange exchange = stream.finish();
      return new SealedRequest(out.toBytes(), exchange);
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot fail to be written", e);
    }
  }

  /**
   * Begins a request whose content comes piece by piece.
   *
   * @param out gets the header at once; stays open
   * @throws AttestationException {@link Reason#SESSION_EXPIRED} where new evidence is needed
   */
  public RequestStream begin(OutputStream out) throws IOException, AttestationException {
    byte[] nonce = new byte[BodyKeys.NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    RequestHeader header;
    SessionKeys copy;
    synchronized (this) {
      requireOpen();
      requireWithin(terms, counter, clock.instant());
      counter++;
      copy = keys.copy();
      int keyId = terms.bound().binding().hpke().keyId();
      header = new RequestHeader(keyId, terms.id(), counter, keys.encapsulated(), nonce);
    }
    byte[] bytes = header.encode();
    Exchange exchange =
        new Exchange(header, bytes, copy, new ReceiptCheck(terms, verdict, receiptKey));
    FrameWriter writer = new FrameWriter(copy.request(bytes), out);
    out.write(bytes);
    return new RequestStream(writer, exchange);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the session is closed");
    }
  }

  private static void requireWithin(SessionTerms terms, long counter, Instant now)
      throws AttestationException {
    boolean inTime = !now.isBefore(terms.begun()) && now.isBefore(terms.expires());
    if (!inTime || counter >= terms.limits().maxRequests()) {
      throw new AttestationException(
          Reason.SESSION_EXPIRED,
          "session",
          counter + " requests, begun " + terms.begun(),
          "less than " + terms.limits().maxRequests() + ", before " + terms.expires());
    }
  }

  /** Ends this object and hands out what is needed to go on later, in another process perhaps. */
  public synchronized ResumptionTicket suspend() {
    requireOpen();
    ResumptionTicket ticket = new ResumptionTicket(terms, keys.copy(), counter);
    close();
    return ticket;
  }

  @Override
  public synchronized void close() {
    closed = true;
    keys.close();
  }
}
