package io.silenda.dp.train;

/**
 * The private records, by index. An index stands for one record during a whole run; a neighbouring
 * data set leaves an index empty or has another record there.
 *
 * <p>Read by one thread at a time. What an implementation does to one record (parsing, scaling)
 * must not depend on other records unless that was accounted for elsewhere.
 */
public interface TrainingData {
  /** Number of records; it decides nothing that is released. */
  int recordCount();

  /**
   * Writes one record, row by row (images: channel, row, column; tokens as whole numbers).
   *
   * @param record from 0 to recordCount() - 1
   * @param buffer takes as many numbers as the network's input has, from {@code offset} on
   */
  void copyRecord(int record, float[] buffer, int offset);

  /** Class index for cross-entropy, 0 or 1 for the logistic loss, a value for squared error. */
  float label(int record);

  /**
   * Writes what the loss compares with: one number, or one for each output with squared error over
   * several outputs.
   */
  default void copyTarget(int record, float[] buffer, int offset) {
    buffer[offset] = label(record);
  }
}
