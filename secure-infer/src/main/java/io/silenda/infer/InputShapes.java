package io.silenda.infer;

import io.silenda.infer.PrivateInferenceException.Reason;
import io.silenda.infer.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Compares rows with the shape that a model takes. */
final class InputShapes {
  private InputShapes() {}

  /**
   * Rows in a shape: as they are, or reshaped from a flat row of equal size.
   *
   * @throws PrivateInferenceException if they cannot be
   */
  static Tensor conform(Tensor rows, List<Integer> expected) throws PrivateInferenceException {
    int size = expected.stream().reduce(1, Math::multiplyExact);
    int[] shape = new int[expected.size() + 1];
    shape[0] = rows.rows();
    for (int i = 0; i < expected.size(); i++) {
      shape[i + 1] = expected.get(i);
    }
    boolean flat = rows.shape().length == 2 && rows.rowSize() == size;
    if (!flat && !Arrays.equals(shape, rows.shape())) {
      throw new PrivateInferenceException(
          Reason.INPUT_SHAPE,
          "the model takes rows of shape "
              + expected
              + " (or "
              + size
              + " values), the input has shape "
              + Arrays.toString(rows.shape()));
    }
    return rows.reshaped(shape);
  }
}
