package io.silenda.infer.enclave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.silenda.attest.AttestationException;
import io.silenda.attest.sealed.LastSeenHead;
import io.silenda.attest.sealed.ModelHead;
import io.silenda.attest.sealed.ModelKey;
import io.silenda.attest.sealed.SealedHeader;
import io.silenda.attest.sealed.SealedModelWriter;
import io.silenda.infer.TestModels;
import io.silenda.infer.enclave.EnclaveException.Reason;
import io.silenda.infer.enclave.worker.RuntimeModel;
import io.silenda.infer.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose model rests sealed: its key follows the appraisal, and nothing works before. */
class SealedWorkerIT {
  private static final WorkerOptions OPTIONS = Workers.options();

  @TempDir private Path folder;

  private final ModelKey key = ModelKey.generate();

  @Test
  void theKeyIsReleasedToAnAppraisedWorkerAndAnOlderModelIsRefused() throws Exception {
    Path older = folder.resolve("older");
    Path newer = folder.resolve("newer");
    SealedHeader first = SealedModelWriter.seal(Workers.MODEL, older, key, ModelHead.NONE);
    SealedModelWriter.seal(Workers.MODEL, newer, key, first.head());
    LastSeenHead seen = LastSeenHead.at(folder.resolve("seen"));
    seen.enroll(first.head());

    try (WorkerInstallation installation = WorkerInstallation.of(newer, OPTIONS)) {
      answersOnlyWithItsKey(installation, seen);
    }
    assertThat(seen.current().orElseThrow().modelVersion()).isEqualTo(2);
    try (WorkerInstallation installation = WorkerInstallation.of(older, OPTIONS);
        Workers.Running worker = Workers.start(installation, OPTIONS);
        EnclaveClient client = worker.connect(installation.measure(), OPTIONS)) {
      SealedHeader rolledBack = client.releaseKey(key);
      assertThat(
              catchThrowableOfType(
                      AttestationException.class, () -> seen.accept(List.of(rolledBack)))
                  .reason())
          .isEqualTo(io.silenda.attest.Reason.MODEL_ROLLED_BACK);
    }
  }

  private void answersOnlyWithItsKey(WorkerInstallation installation, LastSeenHead seen)
      throws Exception {
    Tensor rows = TestModels.patients().rows(0, 5);
    try (Workers.Running worker = Workers.start(installation, OPTIONS);
        EnclaveClient client = worker.connect(installation.measure(), OPTIONS);
        RuntimeModel plain = RuntimeModel.open(Workers.MODEL);
        ModelKey wrong = ModelKey.generate()) {
      assertThat(refusal(() -> client.infer(rows))).hasMessageContaining("not released");
      assertThat(refusal(() -> client.releaseKey(wrong))).hasMessageContaining("refused");
      assertThat(refusal(() -> client.infer(rows))).hasMessageContaining("not released");
      seen.accept(List.of(client.releaseKey(key)));
      assertThat(client.infer(rows).output()).isEqualTo(plain.run(rows));
      assertThat(refusal(() -> client.releaseKey(wrong))).hasMessageContaining("refused");
      assertThat(client.infer(rows).output()).isEqualTo(plain.run(rows));
    }
  }

  @Test
  void aWorkerWithAPlainModelWantsNoKey() throws Exception {
    try (WorkerInstallation installation = WorkerInstallation.of(Workers.MODEL, OPTIONS);
        Workers.Running worker = Workers.start(installation, OPTIONS);
        EnclaveClient client = worker.connect(installation.measure(), OPTIONS)) {
      assertThat(refusal(() -> client.releaseKey(key))).hasMessageContaining("no such key");
    }
  }

  private static EnclaveException refusal(ThrowingCallable call) {
    EnclaveException refusal = catchThrowableOfType(EnclaveException.class, call);
    assertThat(refusal.reason()).isEqualTo(Reason.REQUEST_REFUSED);
    return refusal;
  }
}
