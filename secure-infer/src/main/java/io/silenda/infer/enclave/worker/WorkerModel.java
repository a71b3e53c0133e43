package io.silenda.infer.enclave.worker;

import io.silenda.attest.AttestationException;
import io.silenda.attest.sealed.CipherWarmUp;
import io.silenda.attest.sealed.ModelKey;
import io.silenda.attest.sealed.SealedHeader;
import io.silenda.attest.sealed.SealedModel;
import io.silenda.infer.enclave.EnclaveException;
import io.silenda.infer.enclave.EnclaveException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The worker's model: a plain file, loaded at once, or a sealed one, loaded when somebody who
 * appraised this worker sends its key. Not thread-safe.
 */
final class WorkerModel {
  private final Path file;
  private Optional<RuntimeModel> loaded;
  private Optional<SealedHeader> header = Optional.empty();

  private WorkerModel(Path file, Optional<RuntimeModel> loaded) {
    this.file = file;
    this.loaded = loaded;
  }

  static WorkerModel in(Path file) throws IOException, EnclaveException {
    if (SealedModel.isSealed(file)) {
      CipherWarmUp.run();
      return new WorkerModel(file, Optional.empty());
    }
    return new WorkerModel(file, Optional.of(RuntimeModel.open(file)));
  }

  /**
   * The model, ready to compute.
   *
   * @throws EnclaveException if its key was not released to this worker
   */
  RuntimeModel ready() throws EnclaveException {
    return loaded.orElseThrow(
        () ->
            new EnclaveException(
                Reason.REQUEST_REFUSED, "the model is sealed, and its key was not released"));
  }

  /**
   * Loads a sealed model; again only checks the key.
   *
   * @param secret the released key, which the caller wipes
   * @return the container's authenticated header
   */
  SealedHeader unlock(byte[] secret) throws EnclaveException {
    if (secret.length != ModelKey.SIZE_BYTES || (loaded.isPresent() && header.isEmpty())) {
      throw new EnclaveException(Reason.REQUEST_REFUSED, "no such key is wanted");
    }
    try (ModelKey key = ModelKey.of(secret);
        SealedModel sealed = SealedModel.open(file, key)) {
      if (loaded.isEmpty()) {
        loaded = Optional.of(load(sealed));
        header = Optional.of(sealed.header());
      }
      return sealed.header();
    } catch (AttestationException e) {
      throw new EnclaveException(
          Reason.REQUEST_REFUSED, "the sealed model is refused: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new EnclaveException(Reason.REQUEST_REFUSED, "the sealed model cannot be read", e);
    }
  }

  private static RuntimeModel load(SealedModel sealed)
      throws IOException, AttestationException, EnclaveException {
    if (sealed.header().contentBytes() > Integer.MAX_VALUE) {
      throw new EnclaveException(Reason.UNSUPPORTED_MODEL, "the sealed model is larger than 2 GiB");
    }
    ByteBuffer content = ByteBuffer.allocateDirect((int) sealed.header().contentBytes());
    sealed.read(0, content);
    RuntimeModel model = RuntimeModel.open(content.flip());
    // ONNX Runtime has its own copy.
    content.clear();
    while (content.hasRemaining()) {
      content.put((byte) 0);
    }
    return model;
  }
}
