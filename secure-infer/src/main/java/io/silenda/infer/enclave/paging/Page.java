package io.silenda.infer.enclave.paging;

import java.util.List;

/**
 * One segment as it is sealed.
 *
 * @param skeleton an ONNX model of the segment, whose inputs are the tensors it reads and its large
 *     weights, and whose outputs are what later segments read
 * @param weights the inputs that come from the sealed content
 */
@SuppressWarnings("ArrayRecordComponent") // Never leaves the package, and nobody writes to it.
record Page(byte[] skeleton, List<Weight> weights) {
  Page {
    weights = List.copyOf(weights);
  }

  /** Bytes of all weights, from the first one's start to the last one's end. */
  int spanBytes() {
    if (weights.isEmpty()) {
      return 0;
    }
    Weight last = weights.get(weights.size() - 1);
    return Math.toIntExact(last.offset() + last.sizeBytes() - weights.get(0).offset());
  }

  /**
   * A tensor in the sealed content.
   *
   * @param name name of the initializer
   * @param type ONNX number of the element type
   * @param dimensions shape
   * @param offset where it starts, a multiple of {@link PageTable#ALIGNMENT}
   * @param sizeBytes its length
   */
  record Weight(String name, int type, List<Long> dimensions, long offset, long sizeBytes) {
    Weight {
      dimensions = List.copyOf(dimensions);
    }

    long[] shape() {
      return dimensions.stream().mapToLong(Long::longValue).toArray();
    }
  }
}
