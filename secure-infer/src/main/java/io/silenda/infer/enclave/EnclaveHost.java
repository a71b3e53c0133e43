package io.silenda.infer.enclave;

import io.silenda.attest.Tee;
import io.silenda.attest.lockdown.SelfDescription;
import io.silenda.attest.provider.EvidenceProvider;
import io.silenda.attest.provider.Probe;
import io.silenda.attest.worker.WorkerManifest;
import io.silenda.infer.enclave.pipe.Message;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Starts a worker, relays messages that it cannot read, and puts a fresh worker in the place of one
 * that died or hung. The fresh one has new keys: sessions of the old one end, and clients attest
 * again. Thread-safe. Whoever starts it closes it; the installation stays the caller's.
 */
public final class EnclaveHost implements AutoCloseable {
  private final WorkerInstallation installation;
  private final WorkerOptions options;
  private final Function<WorkerManifest, EvidenceProvider> providers;
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong restarts = new AtomicLong();
  private final Object lock = new Object();
  private WorkerConnection worker;
  private boolean closed;

  private EnclaveHost(
      WorkerInstallation installation,
      WorkerOptions options,
      Function<WorkerManifest, EvidenceProvider> providers)
      throws EnclaveException {
    this.installation = installation;
    this.options = options;
    this.providers = providers;
    this.worker = WorkerConnection.start(installation, options, providers);
  }

  /**
   * Starts the first worker.
   *
   * @param providers makes the evidence of a worker that the launcher measured so; the manifest
   *     matters where nobody but the host vouches for it
   * @throws EnclaveException with {@link EnclaveException.Reason#NOT_STARTED}
   */
  public static EnclaveHost start(
      WorkerInstallation installation,
      WorkerOptions options,
      Function<WorkerManifest, EvidenceProvider> providers)
      throws EnclaveException {
    return new EnclaveHost(installation, options, providers);
  }

  /**
   * Relays a challenge; the answer is the worker's introduction.
   *
   * @throws EnclaveException if the worker refuses, died or hung
   */
  public byte[] attest(byte[] challenge) throws EnclaveException {
    return call(Message.Kind.ATTEST, challenge);
  }

  /**
   * Relays a sealed request; the answer is sealed, too.
   *
   * @throws EnclaveException if the worker refuses, died or hung
   */
  public byte[] relay(byte[] sealedRequest) throws EnclaveException {
    return call(Message.Kind.SEALED, sealedRequest);
  }

  /**
   * Asks the worker which key it wants; the answer is for the key's broker.
   *
   * @throws EnclaveException if it wants none, died or hung
   */
  public byte[] keyRequest() throws EnclaveException {
    return call(Message.Kind.KEY_REQUEST, new byte[0]);
  }

  /**
   * Relays a broker's challenge; the answer is evidence for the broker.
   *
   * @throws EnclaveException if the worker refuses, died or hung
   */
  public byte[] keyAttestation(byte[] challenge) throws EnclaveException {
    return call(Message.Kind.KEY_CHALLENGE, challenge);
  }

  /**
   * Relays a broker's response, which holds the key, sealed to the worker. Returns once the model
   * is loaded; the answer is empty.
   *
   * @throws EnclaveException with {@link EnclaveException.Reason#MODEL_REFUSED} if the worker
   *     refuses the response or its container; if it died or hung
   */
  public byte[] keyResponse(byte[] response) throws EnclaveException {
    try {
      return call(Message.Kind.KEY_RESPONSE, response);
    } catch (EnclaveException e) {
      throw e.reason() == EnclaveException.Reason.REQUEST_REFUSED
          ? new EnclaveException(
              EnclaveException.Reason.MODEL_REFUSED, String.valueOf(e.getMessage()), e)
          : e;
    }
  }

  private byte[] call(Message.Kind kind, byte[] body) throws EnclaveException {
    WorkerConnection current = usableWorker();
    try {
      byte[] answer = current.call(kind, body);
      answered.incrementAndGet();
      return answer;
    } catch (EnclaveException e) {
      failed.incrementAndGet();
      throw e;
    }
  }

  /** A dead worker is replaced when it is next needed, so that nothing is restarted in a loop. */
  private WorkerConnection usableWorker() throws EnclaveException {
    synchronized (lock) {
      if (closed) {
        throw new IllegalStateException("the host is closed");
      }
      if (!worker.isUsable()) {
        worker.close();
        worker = WorkerConnection.start(installation, options, providers);
        restarts.incrementAndGet();
      }
      return worker;
    }
  }

  private WorkerConnection worker() {
    synchronized (lock) {
      return worker;
    }
  }

  /** What the launcher measured. */
  public WorkerManifest manifest() {
    return worker().manifest();
  }

  /** What the worker says of its own protection. */
  public SelfDescription description() {
    return worker().description();
  }

  /** The worker's process. */
  public long workerPid() {
    return worker().pid();
  }

  /** How often a worker was replaced. */
  public long restarts() {
    return restarts.get();
  }

  /** Whether no hardware stands behind the evidence. */
  public boolean isSimulated() {
    return tee() == Tee.SIMULATED;
  }

  private Tee tee() {
    return worker().provider().probe() instanceof Probe.Present present
        ? present.tee()
        : Tee.SIMULATED;
  }

  /** One line for logs and people; begins with SIMULATED where no hardware stands behind. */
  public String banner() {
    SelfDescription description = description();
    String missing =
        description.missing().isEmpty()
            ? "all protections hold"
            : "missing protections: " + description.missing().keySet();
    String who =
        isSimulated()
            ? "SIMULATED worker, not a TEE: whoever runs this machine can read it"
            : tee() + " worker";
    return who + "; " + missing;
  }

  /** Counters in the text format of Prometheus. */
  public String metrics() {
    String label =
        "{tee=\""
            + tee().name().toLowerCase(Locale.ROOT).replace("simulated", "SIMULATED")
            + "\"} ";
    return counter("silenda_enclave_answered_total", label, answered.get())
        + counter("silenda_enclave_failed_total", label, failed.get())
        + counter("silenda_enclave_restarts_total", label, restarts.get());
  }

  private static String counter(String name, String label, long value) {
    return "# TYPE " + name + " counter\n" + name + label + value + "\n";
  }

  /** Kills the worker. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      worker.close();
    }
  }
}
