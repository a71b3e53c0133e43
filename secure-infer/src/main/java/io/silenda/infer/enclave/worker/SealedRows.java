package io.silenda.infer.enclave.worker;

import ai.onnxruntime.OrtEnvironment;
import io.silenda.attest.AttestationException;
import io.silenda.attest.sealed.ModelKey;
import io.silenda.attest.sealed.SealedHeader;
import io.silenda.attest.sealed.SealedModel;
import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.enclave.EnclaveException;
import io.silenda.infer.enclave.EnclaveException.Reason;
import io.silenda.infer.enclave.paging.PagedModel;
import io.silenda.infer.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A sealed model, opened with its key: whole in ONNX Runtime, or page by page where it was sealed
 * in pages. Not thread-safe; whoever opens it closes it.
 */
public final class SealedRows implements RowModel {
  private final SealedHeader header;
  private final RowModel model;

  private SealedRows(SealedHeader header, RowModel model) {
    this.header = header;
    this.model = model;
  }

  /**
   * Opens a container, all of which is authenticated: a whole one now, a paged one page by page
   * whenever it runs.
   *
   * @param maxResidentBytes most bytes that this process may have resident, if there is such a
   *     limit
   * @throws EnclaveException with {@link Reason#MODEL_REFUSED} if it was altered or is of another
   *     key, {@link Reason#UNSUPPORTED_MODEL} if it is no model that runs here, {@link
   *     Reason#MEMORY_CAP} if there is not enough memory for it
   */
  public static SealedRows open(Path file, ModelKey key, OptionalLong maxResidentBytes)
      throws EnclaveException {
    try (SealedModel sealed = SealedModel.open(file, key)) {
      RowModel model =
          PagedModel.isPaged(sealed)
              ? paged(file, key, maxResidentBytes.orElse(Long.MAX_VALUE))
              : whole(sealed);
      return new SealedRows(sealed.header(), model);
    } catch (AttestationException e) {
      throw refused(e);
    } catch (IOException e) {
      throw new EnclaveException(Reason.MODEL_REFUSED, "the sealed model cannot be read", e);
    }
  }

  /** What was authenticated under the key. */
  public SealedHeader header() {
    return header;
  }

  @Override
  public Tensor run(Tensor rows) throws EnclaveException {
    return model.run(rows);
  }

  @Override
  public void close() {
    model.close();
  }

  private static RowModel paged(Path file, ModelKey key, long maxResidentBytes)
      throws IOException, AttestationException, EnclaveException {
    try {
      return new PagedRows(
          PagedModel.open(OrtEnvironment.getEnvironment(), file, key, maxResidentBytes));
    } catch (PrivateInferenceException e) {
      throw PagedRows.translated(e);
    }
  }

  private static RowModel whole(SealedModel sealed)
      throws IOException, AttestationException, EnclaveException {
    if (sealed.header().contentBytes() > Integer.MAX_VALUE) {
      throw new EnclaveException(
          Reason.UNSUPPORTED_MODEL, "the sealed model is larger than 2 GiB: seal it in pages");
    }
    ByteBuffer content = ByteBuffer.allocateDirect((int) sealed.header().contentBytes());
    try {
      sealed.read(0, content);
      return RuntimeModel.open(content.flip());
    } finally {
      // ONNX Runtime has its own copy.
      content.clear();
      while (content.hasRemaining()) {
        content.put((byte) 0);
      }
    }
  }

  static EnclaveException refused(AttestationException e) {
    return new EnclaveException(
        Reason.MODEL_REFUSED,
        "the sealed model is refused: " + e.reason().code() + ": " + e.getMessage(),
        e);
  }
}
