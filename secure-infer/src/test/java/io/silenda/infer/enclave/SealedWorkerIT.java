package io.silenda.infer.enclave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.silenda.attest.AttestationException;
import io.silenda.attest.binding.OwnerPolicy;
import io.silenda.attest.release.KeyBroker;
import io.silenda.attest.release.Release;
import io.silenda.attest.release.ReleaseLog;
import io.silenda.attest.sealed.LastSeenHead;
import io.silenda.attest.sealed.ModelHead;
import io.silenda.attest.sealed.ModelKey;
import io.silenda.attest.sealed.SealedHeader;
import io.silenda.attest.sealed.SealedModelWriter;
import io.silenda.infer.TestModels;
import io.silenda.infer.enclave.EnclaveException.Reason;
import io.silenda.infer.enclave.worker.RuntimeModel;
import io.silenda.infer.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way of a sealed model through real processes: its key goes from the owner's broker to an
 * appraised worker and by no other way; where anything differs, no row leaves the client.
 */
class SealedWorkerIT {
  private static final WorkerOptions OPTIONS = Workers.options();
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path folder;

  private final ModelKey key = ModelKey.generate();
  private Path container;
  private Path logFile;
  private SealedHeader first;
  private LastSeenHead seen;
  private ReleaseLog log;
  private KeyBroker broker;

  @BeforeEach
  void seal() throws Exception {
    container = folder.resolve("model.sealed");
    first = SealedModelWriter.seal(Workers.MODEL, container, key, ModelHead.NONE);
    seen = LastSeenHead.at(folder.resolve("seen"));
    seen.enroll(first.head());
    logFile = folder.resolve("releases.log");
    log = ReleaseLog.open(logFile);
    broker = new KeyBroker(log, Clock.systemUTC());
  }

  @AfterEach
  void close() throws Exception {
    broker.close();
    log.close();
    key.close();
  }

  /** A worker with a container, and the policy that accepts just this one. */
  private final class Started implements AutoCloseable {
    final WorkerInstallation installation;
    final Workers.Running worker;
    final OwnerPolicy policy;

    Started(Path file) throws Exception {
      installation = WorkerInstallation.of(file, OPTIONS);
      worker = Workers.start(installation, OPTIONS);
      policy = WorkerOwnerPolicies.insecureSimulated(installation.measure(), OPTIONS.policy());
    }

    void release() throws EnclaveException {
      ModelKeyRelease.run(worker.server.uri(), broker, PATIENCE);
    }

    EnclaveClient connect() throws Exception {
      return EnclaveClient.connectToSealed(worker.server.uri(), policy, seen, List.of(), PATIENCE);
    }

    @Override
    public void close() {
      worker.close();
      installation.close();
    }
  }

  @Test
  void theKeyGoesFromTheBrokerToTheAppraisedWorker() throws Exception {
    Tensor rows = TestModels.patients().rows(0, 5);
    try (Started started = new Started(container);
        RuntimeModel plain = RuntimeModel.open(Workers.MODEL)) {
      try (EnclaveClient early = started.worker.connect(started.installation.measure(), OPTIONS)) {
        refused(Reason.REQUEST_REFUSED, "not released", () -> early.infer(rows));
      }
      refused(Reason.REQUEST_REFUSED, "not released", started::connect);
      messagesOutOfTurnAreRefused(started.worker.host);
      aPolicyThatIsNotMetReleasesNothing(started);
      theKeyOfAnotherModelOpensNothing(started);
      ModelKeyRelease.hold(broker, key, first.head(), started.policy);
      started.release();
      try (EnclaveClient client = started.connect()) {
        assertThat(client.model().orElseThrow().head()).isEqualTo(first.head());
        assertThat(client.infer(rows).output()).isEqualTo(plain.run(rows));
      }
      refused(Reason.REQUEST_REFUSED, "no key is wanted", started::release);
      log.close();
      List<Release> releases = ReleaseLog.read(logFile);
      // The wrong key was released, too.
      assertThat(releases).hasSize(2);
      assertThat(releases.get(1).keyName()).isEqualTo(first.head().keyName());
      assertThat(releases.get(1).workerDigest()).isEqualTo(started.worker.host.manifest().digest());
      assertThat(releases.get(1).simulated()).isTrue();
    }
  }

  private static void messagesOutOfTurnAreRefused(EnclaveHost host) throws EnclaveException {
    refused(Reason.REQUEST_REFUSED, "out of turn", () -> host.keyAttestation(new byte[8]));
    refused(Reason.MODEL_REFUSED, "out of turn", () -> host.keyResponse(new byte[8]));
    host.keyRequest();
    refused(Reason.MODEL_REFUSED, "out of turn", () -> host.keyResponse(new byte[8]));
  }

  private void aPolicyThatIsNotMetReleasesNothing(Started started) throws Exception {
    String anotherWorker = "0".repeat(64);
    OwnerPolicy another =
        OwnerPolicy.builder(started.policy.appraisal())
            .workers(anotherWorker)
            .insecureAnyModel()
            .insecureAnyWorkerPolicy()
            .build();
    ModelKeyRelease.hold(broker, key, first.head(), another);
    EnclaveException refusal = refused(Reason.KEY_REFUSED, "not released", started::release);
    assertThat(reason(refusal)).isEqualTo(io.silenda.attest.Reason.WORKER_NOT_ACCEPTED);
    assertThat(log.size()).isZero();
    refused(Reason.REQUEST_REFUSED, "not released", started::connect);
  }

  private void theKeyOfAnotherModelOpensNothing(Started started) {
    try (ModelKey wrong = ModelKey.generate()) {
      ModelKeyRelease.hold(broker, wrong, first.head(), started.policy);
      refused(Reason.MODEL_REFUSED, "sealed-header", started::release);
      refused(Reason.REQUEST_REFUSED, "not released", started::connect);
    }
  }

  @Test
  void anOlderVersionGetsNoKeyAndWithOneNoRows() throws Exception {
    Path older = Files.copy(container, folder.resolve("older"));
    SealedHeader second = SealedModelWriter.seal(Workers.MODEL, container, key, first.head());
    seen.accept(List.of(second));
    try (Started started = new Started(older)) {
      ModelKeyRelease.hold(broker, key, second.head(), started.policy);
      EnclaveException refusal = refused(Reason.KEY_REFUSED, "model:1:", started::release);
      assertThat(reason(refusal)).isEqualTo(io.silenda.attest.Reason.UNKNOWN_CHALLENGE);
      assertThat(log.size()).isZero();
      ModelKeyRelease.hold(broker, key, first.head(), started.policy);
      started.release();
      EnclaveException rolledBack = refused(Reason.MODEL_REFUSED, "no row", started::connect);
      assertThat(reason(rolledBack)).isEqualTo(io.silenda.attest.Reason.MODEL_ROLLED_BACK);
    }
  }

  @Test
  void anotherModelUnderTheSameKeyIsRefusedByTheClient() throws Exception {
    Path swapped = folder.resolve("swapped");
    SealedHeader other = SealedModelWriter.seal(Workers.OTHER_MODEL, swapped, key, ModelHead.NONE);
    try (Started started = new Started(swapped)) {
      ModelKeyRelease.hold(broker, key, other.head(), started.policy);
      started.release();
      EnclaveException refusal = refused(Reason.MODEL_REFUSED, "no row", started::connect);
      assertThat(reason(refusal)).isEqualTo(io.silenda.attest.Reason.MODEL_SWAPPED);
    }
  }

  @Test
  void aFlippedBitIsRefusedByTheOwnerAndByTheWorker() throws Exception {
    OwnerPolicy ofTheOriginal;
    try (WorkerInstallation original = WorkerInstallation.of(container, OPTIONS)) {
      ofTheOriginal = WorkerOwnerPolicies.insecureSimulated(original.measure(), OPTIONS.policy());
    }
    byte[] bytes = Files.readAllBytes(container);
    bytes[bytes.length - 40] ^= 1;
    Files.write(container, bytes);
    try (Started started = new Started(container)) {
      ModelKeyRelease.hold(broker, key, first.head(), ofTheOriginal);
      EnclaveException refusal = refused(Reason.KEY_REFUSED, "not released", started::release);
      assertThat(reason(refusal)).isEqualTo(io.silenda.attest.Reason.MEASUREMENT_MISMATCH);
      ModelKeyRelease.hold(broker, key, first.head(), started.policy);
      refused(Reason.MODEL_REFUSED, "sealed-chunk", started::release);
      refused(Reason.REQUEST_REFUSED, "not released", started::connect);
    }
  }

  private static io.silenda.attest.Reason reason(EnclaveException refusal) {
    assertThat(refusal.getCause()).isInstanceOf(AttestationException.class);
    return ((AttestationException) refusal.getCause()).reason();
  }

  private static EnclaveException refused(Reason reason, String text, ThrowingCallable call) {
    EnclaveException refusal = catchThrowableOfType(EnclaveException.class, call);
    assertThat(refusal).as(text).isNotNull();
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
    assertThat(refusal).hasMessageContaining(text);
    return refusal;
  }
}
