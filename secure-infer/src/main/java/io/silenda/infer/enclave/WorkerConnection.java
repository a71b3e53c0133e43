package io.silenda.infer.enclave;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Evidence;
import io.silenda.attest.Tee;
import io.silenda.attest.lockdown.SelfDescription;
import io.silenda.attest.provider.EvidenceProvider;
import io.silenda.attest.provider.Probe;
import io.silenda.attest.worker.WorkerManifest;
import io.silenda.attest.worker.WorkerProcess;
import io.silenda.infer.enclave.pipe.EvidenceContent;
import io.silenda.infer.enclave.pipe.Message;
import io.silenda.infer.enclave.pipe.MessagePipe;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Function;

/**
 * One running worker, as its host sees it. One message at a time; whoever calls meanwhile waits.
 * Once it has failed it stays failed.
 */
final class WorkerConnection implements AutoCloseable {
  private final WorkerProcess process;
  private final MessagePipe pipe;
  private final Duration requestTimeout;
  private final Timer timer = new Timer("silenda-worker-watch", true);
  private final SelfDescription description;
  private final WorkerManifest manifest;
  private final EvidenceProvider provider;
  private volatile boolean timedOut;
  private volatile boolean failed;

  private WorkerConnection(
      WorkerProcess process,
      WorkerOptions options,
      Function<WorkerManifest, EvidenceProvider> providers)
      throws EnclaveException {
    this.process = process;
    this.requestTimeout = options.requestTimeout();
    this.pipe =
        new MessagePipe(
            new BufferedInputStream(process.output(), 1 << 16),
            new BufferedOutputStream(process.input(), 1 << 16));
    TimerTask watch = watch(options.startTimeout());
    try {
      this.description = SelfDescription.parse(first(Message.Kind.DESCRIPTION));
      this.manifest = WorkerManifest.parse(first(Message.Kind.READY));
    } catch (AttestationException e) {
      throw new EnclaveException(EnclaveException.Reason.NOT_STARTED, oneLine(e), e);
    } finally {
      watch.cancel();
    }
    this.provider = providers.apply(manifest);
  }

  /**
   * Starts a worker and waits until it is ready.
   *
   * @param providers makes the evidence of a worker that the launcher has measured so
   * @throws EnclaveException with {@link EnclaveException.Reason#NOT_STARTED}
   */
  static WorkerConnection start(
      WorkerInstallation installation,
      WorkerOptions options,
      Function<WorkerManifest, EvidenceProvider> providers)
      throws EnclaveException {
    WorkerProcess process;
    try {
      process = WorkerProcess.start(installation.plan(), installation.launcher());
    } catch (IOException e) {
      throw new EnclaveException(
          EnclaveException.Reason.NOT_STARTED, "the launcher cannot be run: " + oneLine(e), e);
    }
    try {
      return new WorkerConnection(process, options, providers);
    } catch (EnclaveException | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  private byte[] first(Message.Kind wanted) throws EnclaveException {
    try {
      Message message = pipe.read();
      if (message.kind() == wanted) {
        return message.body();
      }
      String said =
          message.kind() == Message.Kind.REFUSED
              ? "the worker refuses to start: " + MessagePipe.reason(message)
              : "the worker began with " + message.kind();
      throw new EnclaveException(EnclaveException.Reason.NOT_STARTED, said);
    } catch (IOException e) {
      String why = timedOut ? "it took too long; " : "";
      throw new EnclaveException(EnclaveException.Reason.NOT_STARTED, why + process.diagnosis(), e);
    }
  }

  private TimerTask watch(Duration limit) {
    TimerTask task =
        new TimerTask() {
          @Override
          public void run() {
            timedOut = true;
            process.kill();
          }
        };
    timer.schedule(task, limit.toMillis());
    return task;
  }

  /**
   * Sends a message and waits for its answer; gives evidence where the worker asks for it.
   *
   * @throws EnclaveException if the worker refuses, dies, or takes too long, which kills it
   */
  synchronized byte[] call(Message.Kind kind, byte[] body) throws EnclaveException {
    if (failed) {
      throw died("the worker is gone");
    }
    TimerTask watch = watch(requestTimeout);
    try {
      pipe.write(kind, body);
      Message answer = pipe.read();
      while (answer.kind() == Message.Kind.EVIDENCE_WANTED) {
        giveEvidence(answer.body());
        answer = pipe.read();
      }
      return answered(kind, answer);
    } catch (IOException e) {
      failed = true;
      process.kill();
      throw timedOut
          ? new EnclaveException(
              EnclaveException.Reason.WORKER_HUNG,
              "the worker did not answer within "
                  + requestTimeout.toMillis()
                  + " ms and was killed",
              e)
          : died(process.diagnosis());
    } finally {
      watch.cancel();
    }
  }

  private static EnclaveException died(String what) {
    return new EnclaveException(EnclaveException.Reason.WORKER_DIED, what);
  }

  private byte[] answered(Message.Kind wanted, Message answer)
      throws EnclaveException, IOException {
    if (answer.kind() == Message.Kind.REFUSED) {
      throw new EnclaveException(
          EnclaveException.Reason.REQUEST_REFUSED, MessagePipe.reason(answer));
    }
    if (answer.kind() != wanted) {
      throw new IOException("an answer of another kind");
    }
    return answer.body();
  }

  private void giveEvidence(byte[] reportData) throws IOException {
    try {
      Evidence evidence = provider.provide(reportData);
      Tee tee = provider.probe() instanceof Probe.Present present ? present.tee() : Tee.SIMULATED;
      pipe.write(Message.Kind.EVIDENCE, new EvidenceContent(tee, evidence).encode());
    } catch (AttestationException | IllegalArgumentException e) {
      pipe.refuse(oneLine(e));
    }
  }

  /** What it says of its own protection; the host relays it, and proves nothing by it. */
  SelfDescription description() {
    return description;
  }

  /** What the launcher measured. */
  WorkerManifest manifest() {
    return manifest;
  }

  /** Who makes its evidence. */
  EvidenceProvider provider() {
    return provider;
  }

  /** Whether it can be asked. */
  boolean isUsable() {
    return !failed && process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** How it ended. */
  Optional<String> ending() {
    return process.isAlive() ? Optional.empty() : Optional.of(process.diagnosis());
  }

  private static String oneLine(Exception e) {
    return String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}", " ");
  }

  @Override
  public void close() {
    failed = true;
    timer.cancel();
    process.close();
  }
}
