package io.silenda.infer.enclave.worker;

import io.silenda.attest.AttestationException;
import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.enclave.EnclaveException;
import io.silenda.infer.enclave.EnclaveException.Reason;
import io.silenda.infer.enclave.paging.PagedModel;
import io.silenda.infer.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** A paged model that answers rows; each batch is one pass over all pages. Not thread-safe. */
final class PagedRows implements RowModel {
  /** Many, as each batch decrypts every weight; bounded, as activations take memory, too. */
  private static final int MAX_BATCH_ROWS = 64;

  private final PagedModel model;
  private final RowBatches batches;

  PagedRows(PagedModel model) {
    this.model = model;
    this.batches = new RowBatches(model.inputShape(), MAX_BATCH_ROWS);
  }

  @Override
  public Tensor run(Tensor rows) throws EnclaveException {
    return batches.run(rows, this::runBatch);
  }

  private float[] runBatch(float[] values, long[] shape) throws EnclaveException {
    int[] sizes = Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
    try {
      return model.run(Tensor.of(sizes, values)).values();
    } catch (AttestationException e) {
      throw SealedRows.refused(e);
    } catch (PrivateInferenceException e) {
      throw translated(e);
    } catch (IOException e) {
      throw new EnclaveException(Reason.MODEL_REFUSED, "the sealed model cannot be read", e);
    }
  }

  /** Messages of ONNX Runtime may tell of what it computed on: they stay here. */
  static EnclaveException translated(PrivateInferenceException e) {
    return switch (e.reason()) {
      case MEMORY_CAP -> new EnclaveException(Reason.MEMORY_CAP, String.valueOf(e.getMessage()));
      case RUNTIME_FAILED -> RowBatches.cannotRun();
      default -> new EnclaveException(Reason.UNSUPPORTED_MODEL, String.valueOf(e.getMessage()));
    };
  }

  @Override
  public void close() {
    try {
      model.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the container cannot be closed", e);
    }
  }
}
