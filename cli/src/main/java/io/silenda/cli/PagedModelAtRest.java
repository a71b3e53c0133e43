package io.silenda.cli;

import io.silenda.attest.AttestationException;
import io.silenda.attest.binding.OwnerPolicy;
import io.silenda.attest.sealed.LastSeenHead;
import io.silenda.attest.sealed.ModelHead;
import io.silenda.attest.sealed.ModelKey;
import io.silenda.attest.worker.WorkerFiles;
import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.enclave.EnclaveClient;
import io.silenda.infer.enclave.EnclaveException;
import io.silenda.infer.enclave.paging.PagedModelWriter;
import io.silenda.infer.enclave.worker.RowModel;
import io.silenda.infer.enclave.worker.RuntimeModel;
import io.silenda.infer.graph.OnnxImportException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A plain model for a worker below a memory cap: sealed in pages for this run, under a key of its
 * own that is released to the worker as any other. The baseline is the file as it is.
 */
final class PagedModelAtRest implements ModelAtRest {
  /** Java and ONNX Runtime without a model. */
  private static final long WORKER_BYTES = 112L << 20;

  private static final long MIN_PAGE_BYTES = 4L << 20;

  private final Path model;
  private final WorkerFiles folder;
  private final SealedModelAtRest sealed;

  private PagedModelAtRest(Path model, WorkerFiles folder, SealedModelAtRest sealed) {
    this.model = model;
    this.folder = folder;
    this.sealed = sealed;
  }

  /** Pages take half of what the cap leaves beside the worker itself. */
  static PagedModelAtRest seal(Path model, long capBytes)
      throws IOException, AttestationException, OnnxImportException, PrivateInferenceException {
    long pageBytes = Math.max(MIN_PAGE_BYTES, (capBytes - WORKER_BYTES) / 2);
    WorkerFiles folder = WorkerFiles.create();
    ModelKey key = ModelKey.generate();
    try {
      Path container = folder.folder().resolve("model.sealed");
      PagedModelWriter.seal(
          model, container, key, ModelHead.NONE, Math.min(pageBytes, Integer.MAX_VALUE));
      LastSeenHead seen = LastSeenHead.at(folder.folder().resolve("model.head"));
      seen.enroll(ModelHead.NONE);
      Path log = folder.folder().resolve("releases.log");
      return new PagedModelAtRest(model, folder, SealedModelAtRest.open(container, key, seen, log));
    } catch (IOException
        | AttestationException
        | OnnxImportException
        | PrivateInferenceException
        | RuntimeException e) {
      key.close();
      folder.close();
      throw e;
    }
  }

  @Override
  public Path file() {
    return sealed.file();
  }

  @Override
  public void release(URI server, OwnerPolicy policy, Duration timeout)
      throws EnclaveException, IOException, AttestationException {
    sealed.release(server, policy, timeout);
  }

  @Override
  public EnclaveClient connect(URI server, OwnerPolicy policy, Duration timeout)
      throws EnclaveException, IOException {
    return sealed.connect(server, policy, timeout);
  }

  @Override
  public RowModel open() throws EnclaveException {
    return RuntimeModel.open(model);
  }

  @Override
  public void close() {
    sealed.close();
    folder.close();
  }
}
