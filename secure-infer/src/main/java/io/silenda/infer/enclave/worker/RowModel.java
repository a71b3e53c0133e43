package io.silenda.infer.enclave.worker;

import io.silenda.infer.enclave.EnclaveException;
import io.silenda.infer.tensor.Tensor;

/** A loaded model that answers rows. Not thread-safe; whoever opens it closes it. */
public interface RowModel extends AutoCloseable {
  /**
   * Computes every row.
   *
   * @return one row for each row of {@code rows}, under a shape of two axes
   * @throws EnclaveException if the rows do not fit the model, or the process outgrew its memory;
   *     the message tells nothing of them
   */
  Tensor run(Tensor rows) throws EnclaveException;

  @Override
  void close();
}
