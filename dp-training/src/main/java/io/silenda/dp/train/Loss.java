package io.silenda.dp.train;

/** What one record's answer costs. A network ends before the softmax or sigmoid. */
public enum Loss {
  /** Softmax and cross-entropy; the target is a class index. */
  CROSS_ENTROPY,
  /** Sigmoid and cross-entropy of the only output; the target is 0 or 1. */
  LOGISTIC,
  /** Half the squared distance, summed over the outputs. */
  SQUARED_ERROR
}
