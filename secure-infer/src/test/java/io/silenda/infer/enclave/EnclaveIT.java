package io.silenda.infer.enclave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.silenda.attest.lockdown.Protection;
import io.silenda.attest.worker.WorkerManifest;
import io.silenda.infer.TestModels;
import io.silenda.infer.enclave.EnclaveException.Reason;
import io.silenda.infer.enclave.worker.RuntimeModel;
import io.silenda.infer.tensor.Tensor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker as it is started, attested, asked, killed and replaced. */
class EnclaveIT {
  private static final WorkerOptions OPTIONS = Workers.options();

  @TempDir private static Path folder;
  private static Path model;
  private static WorkerInstallation installation;
  private static WorkerManifest expected;

  @BeforeAll
  static void install() throws IOException {
    model = Files.copy(Workers.MODEL, folder.resolve("model.onnx"));
    installation = WorkerInstallation.of(model, OPTIONS);
    expected = installation.measure();
  }

  @AfterAll
  static void close() {
    installation.close();
  }

  @Test
  void sealedAnswersAreOnnxRuntimesAndSayThatTheyAreSimulated() throws Exception {
    Tensor rows = TestModels.patients().rows(0, 70);
    try (Workers.Running worker = Workers.start(installation, OPTIONS);
        EnclaveClient client = worker.connect(expected, OPTIONS);
        RuntimeModel plain = RuntimeModel.open(Workers.MODEL)) {
      EnclaveAnswer answer = client.infer(rows);
      assertThat(answer.output()).isEqualTo(plain.run(rows));
      assertThat(worker.host.manifest().text()).isEqualTo(expected.text());
      assertThat(client.verdict().simulated()).isTrue();
      assertThat(client.verdict().explanation()).contains("SIMULATED");
      assertThat(answer.receipt().simulated()).isTrue();
      assertThat(answer.receipt().workerDigest()).isEqualTo(expected.digest());
      assertThat(worker.host.banner()).startsWith("SIMULATED");
      assertThat(worker.host.metrics()).contains("{tee=\"SIMULATED\"}");
      assertThat(client.infer(rows).receipt().sequence())
          .isEqualTo(answer.receipt().sequence() + 1);
      wrongRowsAreRefusedUnderTheSeal(client);
      aPlainModelWantsNoKey(worker.host);
      theHostAnswersNothingElse(worker.server.uri());
      theSourcesDoNotMatterAnyMore(client, rows, answer.output());
    }
  }

  private static void wrongRowsAreRefusedUnderTheSeal(EnclaveClient client) {
    Tensor wrong = Tensor.of(new int[] {1, 7}, new float[7]);
    EnclaveException refusal =
        catchThrowableOfType(EnclaveException.class, () -> client.infer(wrong));
    assertThat(refusal.reason()).isEqualTo(Reason.REQUEST_REFUSED);
    assertThat(refusal).hasMessageContaining("number of values");
  }

  private static void aPlainModelWantsNoKey(EnclaveHost host) {
    EnclaveException refusal = catchThrowableOfType(EnclaveException.class, host::keyRequest);
    assertThat(refusal.reason()).isEqualTo(Reason.REQUEST_REFUSED);
    assertThat(refusal).hasMessageContaining("no key is wanted");
  }

  private static void theHostAnswersNothingElse(URI server) throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    byte[] clear = TensorContent.encode(TestModels.patients().rows(0, 1));
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(server.resolve("/v1/sealed"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(clear))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("not-sealed");
    assertThat(answer.headers().firstValue("Silenda-Worker")).contains("SIMULATED");
  }

  /** The worker has its own copies: whatever happens to the files, it runs what was measured. */
  private static void theSourcesDoNotMatterAnyMore(EnclaveClient client, Tensor rows, Tensor before)
      throws Exception {
    byte[] original = Files.readAllBytes(model);
    try {
      Files.write(model, Files.readAllBytes(Workers.OTHER_MODEL));
      assertThat(client.infer(rows).output()).isEqualTo(before);
    } finally {
      Files.write(model, original);
    }
  }

  @Test
  void aKilledWorkerIsReplacedByOneThatMustBeAttestedAnew() throws Exception {
    Tensor rows = TestModels.patients().rows(0, 2);
    try (Workers.Running worker = Workers.start(installation, OPTIONS);
        EnclaveClient client = worker.connect(expected, OPTIONS)) {
      long pid = worker.host.workerPid();
      Workers.signal("STOP", pid);
      CompletableFuture<EnclaveException> waiting =
          CompletableFuture.supplyAsync(
              () -> catchThrowableOfType(EnclaveException.class, () -> client.infer(rows)));
      Workers.signal("KILL", pid);
      EnclaveException failure = waiting.get();
      assertThat(failure.reason()).isIn(Reason.WORKER_DIED, Reason.SESSION_ENDED);
      EnclaveException ended =
          catchThrowableOfType(EnclaveException.class, () -> client.infer(rows));
      assertThat(ended.reason()).isEqualTo(Reason.SESSION_ENDED);
      assertThat(ended).hasMessageContaining("attest again");
      assertThat(worker.host.workerPid()).isNotEqualTo(pid);
      assertThat(worker.host.restarts()).isEqualTo(1);
      try (EnclaveClient again = worker.connect(expected, OPTIONS)) {
        assertThat(again.infer(rows).output().rows()).isEqualTo(2);
      }
    }
  }

  @Test
  void aWorkerThatHangsIsKilledAndReplaced() throws Exception {
    WorkerOptions impatient = OPTIONS.withRequestTimeout(Duration.ofSeconds(20));
    Tensor rows = TestModels.patients().rows(0, 2);
    try (Workers.Running worker = Workers.start(installation, impatient);
        EnclaveClient client = worker.connect(expected, impatient)) {
      Workers.signal("STOP", worker.host.workerPid());
      EnclaveException hung =
          catchThrowableOfType(EnclaveException.class, () -> client.infer(rows));
      assertThat(hung.reason()).isEqualTo(Reason.WORKER_HUNG);
      assertThat(hung).hasMessageContaining("20000 ms");
      try (EnclaveClient again = worker.connect(expected, impatient)) {
        assertThat(again.infer(rows).output().rows()).isEqualTo(2);
      }
    }
  }

  @Test
  void aWorkerThatRunsOutOfMemoryIsReplaced() throws Exception {
    WorkerOptions small = OPTIONS.withHeapMegabytes(40);
    Tensor rows = TestModels.patients().rows(0, 2);
    Tensor many = Tensor.of(new int[] {200_000, 30}, new float[6_000_000]);
    try (WorkerInstallation smallInstallation = WorkerInstallation.of(model, small);
        Workers.Running worker = Workers.start(smallInstallation, small);
        EnclaveClient client = worker.connect(smallInstallation.measure(), small)) {
      EnclaveException died =
          catchThrowableOfType(EnclaveException.class, () -> client.infer(many));
      assertThat(died.reason()).isEqualTo(Reason.WORKER_DIED);
      assertThat(died).hasMessageContaining("OutOfMemoryError");
      try (EnclaveClient again = worker.connect(smallInstallation.measure(), small)) {
        assertThat(again.infer(rows).output().rows()).isEqualTo(2);
      }
    }
  }

  @Test
  void aWorkerRefusesToStartWithoutAProtectionThatItsPolicyRequires() throws Exception {
    // A library without the lock-down functions cannot protect anything.
    Path broken = folder.resolve("broken.so");
    Files.write(broken, Arrays.copyOf(new byte[] {0x7f, 'E', 'L', 'F'}, 4096));
    String target = WorkerInstallation.NATIVE + "/" + WorkerInstallation.LOCKDOWN;
    EnclaveException refusal =
        catchThrowableOfType(
            EnclaveException.class,
            () -> Workers.start(installation.replacing(target, broken), OPTIONS));
    assertThat(refusal.reason()).isEqualTo(Reason.NOT_STARTED);
    assertThat(refusal).hasMessageContaining("cannot be loaded");
  }

  @Test
  void aPolicyWithLessIsAnotherWorker() throws Exception {
    WorkerOptions weaker =
        OPTIONS.withPolicy(OPTIONS.policy().insecureWithout(Protection.NO_CORE_DUMP));
    try (WorkerInstallation other = WorkerInstallation.of(model, weaker)) {
      assertThat(other.measure().digest()).isNotEqualTo(expected.digest());
    }
  }
}
