package io.silenda.infer.enclave;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Verdict;
import io.silenda.attest.binding.OwnerPolicy;
import io.silenda.attest.binding.WorkerIdentity;
import io.silenda.attest.channel.Answer;
import io.silenda.attest.channel.AttestedSession;
import io.silenda.attest.channel.ChannelWarmUp;
import io.silenda.attest.channel.ClientHandshake;
import io.silenda.attest.channel.SealedRequest;
import io.silenda.attest.lockdown.SelfDescription;
import io.silenda.attest.sealed.LastSeenHead;
import io.silenda.attest.sealed.SealedHeader;
import io.silenda.infer.tensor.Tensor;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends rows to a worker whose evidence a policy accepts, sealed so that only that worker reads
 * them. A client is one session with one worker; where that worker is replaced, {@link #connect}
 * again. Requests of several threads go one after the other. Whoever connects closes it.
 */
public final class EnclaveClient implements AutoCloseable {
  private final HostHttp host;
  private final AttestedSession session;
  private final SelfDescription description;
  private Optional<SealedHeader> model = Optional.empty();

  private EnclaveClient(HostHttp host, AttestedSession session) throws EnclaveException {
    this.host = host;
    this.session = session;
    this.description = askDescription();
  }

  /**
   * Challenges the worker at {@code server} and appraises what comes back. Nothing but a random
   * challenge is sent before the policy accepts.
   *
   * @param timeout for every message
   * @throws EnclaveException with {@link EnclaveException.Reason#EVIDENCE_REFUSED} where the policy
   *     refuses
   */
  public static EnclaveClient connect(URI server, OwnerPolicy policy, Duration timeout)
      throws EnclaveException {
    ChannelWarmUp.inBackground();
    HostHttp host = new HostHttp(server, timeout);
    ClientHandshake handshake = ClientHandshake.begin(policy, Clock.systemUTC());
    byte[] introduction = host.post(HostHttp.ATTEST, handshake.challenge());
    try {
      return new EnclaveClient(host, handshake.complete(introduction));
    } catch (AttestationException e) {
      throw new EnclaveException(
          EnclaveException.Reason.EVIDENCE_REFUSED,
          "no acceptable evidence, nothing was sent: " + e.getMessage(),
          e);
    }
  }

  /**
   * Connects to a worker whose model is sealed, and asks it, under the seal, which model it opened:
   * an older one than the last that {@code seen} remembers, or another one, is refused before any
   * row is sent. A newer one is remembered.
   *
   * @param earlier headers of versions that {@code seen} may have missed, oldest first; from
   *     anybody
   * @throws EnclaveException with {@link EnclaveException.Reason#MODEL_REFUSED}, or as {@link
   *     #connect}
   * @throws IOException if the memory cannot be read or written
   */
  public static EnclaveClient connectToSealed(
      URI server,
      OwnerPolicy policy,
      LastSeenHead seen,
      List<SealedHeader> earlier,
      Duration timeout)
      throws EnclaveException, IOException {
    EnclaveClient client = connect(server, policy, timeout);
    try {
      client.requireNewest(seen, earlier);
      return client;
    } catch (EnclaveException | IOException | RuntimeException e) {
      client.close();
      throw e;
    }
  }

  private void requireNewest(LastSeenHead seen, List<SealedHeader> earlier)
      throws EnclaveException, IOException {
    SealedHeader header = askModelHeader();
    List<SealedHeader> headers = new ArrayList<>(earlier);
    headers.removeIf(each -> each.modelVersion() >= header.modelVersion());
    headers.add(header);
    try {
      seen.accept(headers);
    } catch (AttestationException e) {
      throw new EnclaveException(
          EnclaveException.Reason.MODEL_REFUSED, "no row was sent: " + e.getMessage(), e);
    }
    model = Optional.of(header);
  }

  /** The header of the sealed model that was accepted; nothing where the model was not sealed. */
  public Optional<SealedHeader> model() {
    return model;
  }

  /** Why the evidence was accepted; says where it is SIMULATED. */
  public Verdict verdict() {
    return session.verdict();
  }

  /** The worker at the other end. */
  public WorkerIdentity worker() {
    return session.worker();
  }

  /** What the worker says of its own protection, over the sealed channel. */
  public SelfDescription description() {
    return description;
  }

  /**
   * Computes rows in the worker.
   *
   * @throws EnclaveException where the worker cannot, or its answer is not what it should be
   */
  public EnclaveAnswer infer(Tensor rows) throws EnclaveException {
    Exchanged exchanged = exchange(new Content(Content.Kind.TENSOR, TensorContent.encode(rows)));
    Content content = expect(exchanged.answer(), Content.Kind.TENSOR);
    return new EnclaveAnswer(
        TensorContent.decode(content.body()),
        exchanged.answer().receipt().receipt(),
        session.bundle(exchanged.answer().receipt()).encode(),
        exchanged.requestBytes(),
        exchanged.responseBytes(),
        exchanged.sealMillis(),
        exchanged.roundTripMillis(),
        exchanged.openMillis());
  }

  private SealedHeader askModelHeader() throws EnclaveException {
    Exchanged exchanged = exchange(new Content(Content.Kind.MODEL_HEADER, new byte[0]));
    Content content = expect(exchanged.answer(), Content.Kind.MODEL_HEADER);
    try {
      return SealedHeader.parse(content.body());
    } catch (AttestationException e) {
      throw refusedAnswer(e);
    }
  }

  private SelfDescription askDescription() throws EnclaveException {
    Exchanged exchanged = exchange(new Content(Content.Kind.DESCRIPTION, new byte[0]));
    Content content = expect(exchanged.answer(), Content.Kind.DESCRIPTION);
    try {
      return SelfDescription.parse(content.body());
    } catch (AttestationException e) {
      throw refusedAnswer(e);
    }
  }

  private static Content expect(Answer answer, Content.Kind wanted) throws EnclaveException {
    Content content = Content.decode(answer.content());
    if (content.kind() == Content.Kind.REFUSED) {
      throw new EnclaveException(EnclaveException.Reason.REQUEST_REFUSED, content.text());
    }
    if (content.kind() != wanted) {
      throw new EnclaveException(
          EnclaveException.Reason.ANSWER_REFUSED, "an answer of kind " + content.kind());
    }
    return content;
  }

  private record Exchanged(
      Answer answer,
      long requestBytes,
      long responseBytes,
      double sealMillis,
      double roundTripMillis,
      double openMillis) {}

  /** Requests have to arrive in the order in which they were sealed. */
  private synchronized Exchanged exchange(Content content) throws EnclaveException {
    long start = System.nanoTime();
    SealedRequest request = seal(content.encode());
    long sealed = System.nanoTime();
    byte[] response = host.post(HostHttp.SEALED, request.bytes());
    long received = System.nanoTime();
    try {
      Answer answer = request.exchange().open(response);
      return new Exchanged(
          answer,
          request.bytes().length,
          response.length,
          (sealed - start) / 1e6,
          (received - sealed) / 1e6,
          (System.nanoTime() - received) / 1e6);
    } catch (AttestationException e) {
      throw refusedAnswer(e);
    }
  }

  private static EnclaveException refusedAnswer(AttestationException e) {
    return new EnclaveException(
        EnclaveException.Reason.ANSWER_REFUSED, "the answer is refused: " + e.getMessage(), e);
  }

  private SealedRequest seal(byte[] content) throws EnclaveException {
    try {
      return session.seal(content);
    } catch (AttestationException e) {
      throw new EnclaveException(
          EnclaveException.Reason.SESSION_ENDED, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
