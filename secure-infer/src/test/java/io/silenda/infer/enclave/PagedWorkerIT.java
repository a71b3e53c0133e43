package io.silenda.infer.enclave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.silenda.attest.binding.OwnerPolicy;
import io.silenda.attest.release.KeyBroker;
import io.silenda.attest.release.ReleaseLog;
import io.silenda.attest.sealed.LastSeenHead;
import io.silenda.attest.sealed.ModelHead;
import io.silenda.attest.sealed.ModelKey;
import io.silenda.infer.enclave.paging.PagedFile;
import io.silenda.infer.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers whose whole process may have a fraction of the memory that their model takes. */
class PagedWorkerIT {
  private static final long CAP_BYTES = 160L << 20;
  private static final int WIDTH = 2048;
  private static final long LAYER_BYTES = 4L * WIDTH * WIDTH;
  private static final int LAYERS = (int) (4 * CAP_BYTES / LAYER_BYTES) + 1;
  private static final int ROWS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;

  private final ModelKey key = ModelKey.generate();

  private static WorkerOptions capped(long bytes) {
    return Workers.options().withExecution(ExecutionPolicy.DEFAULT.withMaxResidentBytes(bytes));
  }

  @Test
  void weightsOfFourTimesTheCapRunBelowIt() throws Exception {
    Path container = folder.resolve("model.sealed");
    Tensor rows = PagedFile.rows(ROWS, WIDTH);
    float[] expected = PagedFile.seal(container, key, LAYERS, WIDTH, LAYER_BYTES + (1 << 20), rows);
    assertThat(Files.size(container)).isGreaterThan(4 * CAP_BYTES);
    WorkerOptions options = capped(CAP_BYTES);
    try (WorkerInstallation installation = WorkerInstallation.of(container, options);
        Workers.Running worker = Workers.start(installation, options)) {
      OwnerPolicy policy =
          WorkerOwnerPolicies.insecureSimulated(installation.measure(), options.policy());
      try (EnclaveClient client = opened(worker, policy)) {
        PagedFile.assertClose(client.infer(rows).output().values(), expected);
      }
      long peakBytes = peakBytes(worker.host.workerPid());
      System.out.printf(
          "paged worker: %d MiB of weights, %d MiB resident at most, cap %d MiB%n",
          (LAYERS * LAYER_BYTES) >> 20, peakBytes >> 20, CAP_BYTES >> 20);
      assertThat(peakBytes).isLessThanOrEqualTo(CAP_BYTES);
    }
  }

  private EnclaveClient opened(Workers.Running worker, OwnerPolicy policy) throws Exception {
    LastSeenHead seen = LastSeenHead.at(folder.resolve("seen"));
    seen.enroll(ModelHead.NONE);
    release(worker, policy);
    return EnclaveClient.connectToSealed(worker.server.uri(), policy, seen, List.of(), PATIENCE);
  }

  private void release(Workers.Running worker, OwnerPolicy policy) throws Exception {
    try (ReleaseLog log = ReleaseLog.open(folder.resolve("releases.log"));
        KeyBroker broker = new KeyBroker(log, Clock.systemUTC())) {
      ModelKeyRelease.hold(broker, key, PagedFile.head(folder.resolve("model.sealed")), policy);
      ModelKeyRelease.run(worker.server.uri(), broker, PATIENCE);
    }
  }

  /** One page of more than the cap leaves: the worker ends, and says why. */
  @Test
  void aModelThatDoesNotFitEndsTheWorker() throws Exception {
    Path container = folder.resolve("model.sealed");
    PagedFile.seal(container, key, 3, WIDTH, 4 * LAYER_BYTES, PagedFile.rows(1, WIDTH));
    WorkerOptions options = capped(ExecutionPolicy.MIN_RESIDENT_BYTES);
    try (WorkerInstallation installation = WorkerInstallation.of(container, options);
        Workers.Running worker = Workers.start(installation, options)) {
      long pid = worker.host.workerPid();
      OwnerPolicy policy =
          WorkerOwnerPolicies.insecureSimulated(installation.measure(), options.policy());
      EnclaveException died =
          catchThrowableOfType(EnclaveException.class, () -> release(worker, policy));
      assertThat(died.reason()).isEqualTo(EnclaveException.Reason.WORKER_DIED);
      assertThat(died).hasMessageContaining("its cap is " + ExecutionPolicy.MIN_RESIDENT_BYTES);
      // A fresh one takes its place, and wants the key again.
      assertThat(worker.host.keyRequest()).isNotEmpty();
      assertThat(worker.host.workerPid()).isNotEqualTo(pid);
    }
  }

  /** As the kernel counts it, seen from outside. */
  private static long peakBytes(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    throw new IOException("no peak is listed");
  }
}
