package io.silenda.infer.graph;

import io.silenda.infer.graph.OnnxImportException.Reason;

/**
 * Bounds the numbers that an import allocates. One initializer may be used by many nodes and an
 * average needs weights that no file holds, so a small file could ask for any amount.
 */
final class WorkBudget {
  private static final long MAX_VALUES = 1L << 28;

  /** Four copies of 8 bytes: weights are copied when they are folded and when a record is made. */
  private static final int HEAP_BYTES_PER_VALUE = 32;

  private final long limit;
  private long used;

  WorkBudget(long maxHeapBytes) {
    this.limit = Math.min(MAX_VALUES, maxHeapBytes / HEAP_BYTES_PER_VALUE);
  }

  /** Counts numbers that are about to be allocated. */
  void charge(long values) throws OnnxImportException {
    used += values;
    if (used > limit) {
      throw new OnnxImportException(
          Reason.TOO_LARGE,
          "the model's weights, constants folded, are above " + limit + " numbers");
    }
  }
}
