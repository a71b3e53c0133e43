package io.silenda.infer.enclave.worker;

import io.silenda.attest.AttestationException;
import io.silenda.attest.sealed.CipherWarmUp;
import io.silenda.attest.sealed.ModelKey;
import io.silenda.attest.sealed.SealedHeader;
import io.silenda.attest.sealed.SealedModel;
import io.silenda.infer.enclave.EnclaveException;
import io.silenda.infer.enclave.EnclaveException.Reason;
import io.silenda.infer.enclave.ExecutionPolicy;
import io.silenda.infer.enclave.ObliviousTail;
import io.silenda.infer.enclave.paging.ResidentMemory;
import io.silenda.infer.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The worker's model: a plain file, loaded at once, or a sealed one, loaded when its owner releases
 * the key to this worker; computed as the execution policy wants. Not thread-safe.
 */
final class WorkerModel {
  private final Path file;
  private final ExecutionPolicy execution;
  private final boolean sealed;
  private Optional<RowModel> loaded = Optional.empty();
  private Optional<SealedHeader> header = Optional.empty();

  private WorkerModel(Path file, ExecutionPolicy execution, boolean sealed) {
    this.file = file;
    this.execution = execution;
    this.sealed = sealed;
  }

  static WorkerModel in(Path file, ExecutionPolicy execution) throws IOException, EnclaveException {
    WorkerModel model = new WorkerModel(file, execution, SealedModel.isSealed(file));
    if (model.sealed) {
      CipherWarmUp.run();
    } else {
      model.loaded = Optional.of(RuntimeModel.open(file));
      model.requireBelowCap();
    }
    return model;
  }

  /**
   * Computes rows.
   *
   * @throws EnclaveException if its key was not released to this worker; {@link Reason#MEMORY_CAP}
   *     if the process has outgrown its memory
   */
  Tensor run(Tensor rows) throws EnclaveException {
    RowModel model =
        loaded.orElseThrow(
            () ->
                new EnclaveException(
                    Reason.REQUEST_REFUSED, "the model is sealed, and its key was not released"));
    Tensor output = model.run(rows);
    Optional<ObliviousTail> tail = execution.tail();
    Tensor answer = tail.isPresent() ? tail.get().apply(output) : output;
    requireBelowCap();
    return answer;
  }

  /** The header that was authenticated under the released key. */
  SealedHeader header() throws EnclaveException {
    return header.orElseThrow(
        () ->
            new EnclaveException(
                Reason.REQUEST_REFUSED,
                sealed
                    ? "the model is sealed, and its key was not released"
                    : "the model is not a sealed one"));
  }

  /** The name of the key that would open the container as it lies there. */
  String wantedKey() throws EnclaveException {
    if (!sealed || loaded.isPresent()) {
      throw new EnclaveException(Reason.REQUEST_REFUSED, "no key is wanted");
    }
    try {
      return SealedModel.peek(file).head().keyName();
    } catch (AttestationException e) {
      throw SealedRows.refused(e);
    } catch (IOException e) {
      throw new EnclaveException(Reason.MODEL_REFUSED, "the sealed model cannot be read", e);
    }
  }

  /**
   * Loads the sealed model.
   *
   * @param secret the released key, which the caller wipes
   */
  void unlock(byte[] secret) throws EnclaveException {
    if (secret.length != ModelKey.SIZE_BYTES || loaded.isPresent()) {
      throw new EnclaveException(Reason.REQUEST_REFUSED, "no such key is wanted");
    }
    try (ModelKey key = ModelKey.of(secret)) {
      SealedRows rows = SealedRows.open(file, key, execution.maxResidentBytes());
      requireBelowCap();
      loaded = Optional.of(rows);
      header = Optional.of(rows.header());
    }
  }

  private void requireBelowCap() throws EnclaveException {
    if (execution.maxResidentBytes().isEmpty()) {
      return;
    }
    long cap = execution.maxResidentBytes().getAsLong();
    try {
      long peak = ResidentMemory.peakBytes();
      if (peak > cap) {
        throw new EnclaveException(
            Reason.MEMORY_CAP,
            "the process had " + peak + " bytes resident, its cap is " + cap + " bytes");
      }
    } catch (IOException e) {
      throw new EnclaveException(Reason.MEMORY_CAP, "the resident memory cannot be read", e);
    }
  }
}
