package io.silenda.infer.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Resolves the target of a Reshape whose first axis must stay the batch axis. */
final class RowReshape {
  private static final String KEEP_BATCH =
      "the first axis must stay the batch axis: use Flatten, or 0 or -1 as first size";

  private RowReshape() {}

  /**
   * The shape of a row after a reshape.
   *
   * @param row shape of a row before it
   * @param target as ONNX defines it: 0 copies a size, -1 takes what is left; {@link
   *     ConstantTensor#BATCH} is the number of rows
   * @param fixedBatch number of rows, where the model fixes it
   */
  static TensorShape resolve(TensorShape row, long[] target, OptionalInt fixedBatch)
      throws UnsupportedNodeException {
    if (target.length == 0) {
      throw new UnsupportedNodeException(KEEP_BATCH);
    }
    boolean batchIsRest = target[0] == -1;
    boolean keepsBatch =
        batchIsRest
            || target[0] == 0
            || target[0] == ConstantTensor.BATCH
            || (fixedBatch.isPresent() && target[0] == fixedBatch.getAsInt());
    if (!keepsBatch) {
      throw new UnsupportedNodeException(KEEP_BATCH);
    }
    return sizes(row, target, batchIsRest);
  }

  private static TensorShape sizes(TensorShape row, long[] target, boolean batchIsRest)
      throws UnsupportedNodeException {
    List<Integer> sizes = new ArrayList<>();
    int rest = -1;
    long product = 1;
    for (int axis = 1; axis < target.length; axis++) {
      long size = target[axis];
      if (size == 0 && axis <= row.rank()) {
        size = row.dimension(axis - 1);
      } else if (size == -1 && rest < 0 && !batchIsRest) {
        rest = axis - 1;
        size = 1;
      }
      if (size < 1 || size > TensorShape.MAX_ELEMENTS) {
        throw new UnsupportedNodeException(KEEP_BATCH);
      }
      product = Math.min(product * size, TensorShape.MAX_ELEMENTS + 1L);
      sizes.add((int) size);
    }
    int elements = row.elementCount();
    if (rest >= 0 && elements % product == 0) {
      sizes.set(rest, (int) (elements / product));
      product = elements;
    }
    if (product != elements) {
      throw new UnsupportedNodeException(KEEP_BATCH);
    }
    return new TensorShape(sizes);
  }
}
