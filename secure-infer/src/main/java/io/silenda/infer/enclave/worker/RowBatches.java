package io.silenda.infer.enclave.worker;

import io.silenda.infer.enclave.EnclaveException;
import io.silenda.infer.enclave.EnclaveException.Reason;
import io.silenda.infer.tensor.Tensor;
import java.util.Arrays;

/** Cuts rows into batches as a model takes them, and joins what comes out. Immutable. */
final class RowBatches {
  private final long[] inputShape;
  private final int mostRows;

  /** Computes one batch: {@code values} under {@code shape}. */
  @FunctionalInterface
  interface Batch {
    float[] run(float[] values, long[] shape) throws EnclaveException;
  }

  /**
   * Batches for a model.
   *
   * @param inputShape of the model's input; axes that are not fixed are below 1
   * @param mostRows rows a batch where the model does not fix that
   */
  RowBatches(long[] inputShape, int mostRows) {
    this.inputShape = inputShape.clone();
    this.mostRows = mostRows;
  }

  /** One row of output for each row, under a shape of two axes. */
  Tensor run(Tensor rows, Batch batch) throws EnclaveException {
    boolean fixed = inputShape[0] > 0;
    int chunk = (int) Math.min(fixed ? inputShape[0] : mostRows, Integer.MAX_VALUE);
    float[] output = new float[0];
    int columns = 0;
    try {
      for (int from = 0; from < rows.rows(); from += chunk) {
        Tensor part = rows.rows(from, Math.min(from + chunk, rows.rows()));
        int size = fixed ? chunk : part.rows();
        // A fixed batch is filled up with zeros.
        float[] values = Arrays.copyOf(part.values(), Math.multiplyExact(size, part.rowSize()));
        float[] computed = batch.run(values, shape(part, size));
        if (computed.length % size != 0) {
          throw new EnclaveException(
              Reason.UNSUPPORTED_MODEL, "the model has an output that has no rows");
        }
        if (from == 0) {
          columns = computed.length / size;
          output = new float[Math.multiplyExact(rows.rows(), columns)];
        }
        System.arraycopy(computed, 0, output, from * columns, part.rows() * columns);
      }
    } catch (ArithmeticException e) {
      throw cannotRun();
    }
    return Tensor.of(new int[] {rows.rows(), columns}, output);
  }

  /** The model's own shape where it is known, else that of the rows. */
  private long[] shape(Tensor part, int batch) throws EnclaveException {
    int[] own = part.shape();
    long[] shape = inputShape.clone();
    shape[0] = batch;
    long product = 1;
    for (int axis = 1; axis < shape.length; axis++) {
      if (shape[axis] < 1 && own.length == shape.length) {
        shape[axis] = own[axis];
      }
      product *= shape[axis];
    }
    if (product != part.rowSize()) {
      throw new EnclaveException(
          Reason.REQUEST_REFUSED, "rows have another number of values than the model takes");
    }
    return shape;
  }

  static EnclaveException cannotRun() {
    return new EnclaveException(
        Reason.REQUEST_REFUSED, "ONNX Runtime cannot run the model on these rows");
  }
}
