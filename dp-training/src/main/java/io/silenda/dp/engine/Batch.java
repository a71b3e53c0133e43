package io.silenda.dp.engine;

/** Who is in the virtual batch. Example e has the rows from e * views on, one for each view. */
final class Batch {
  final int capacity;
  final int views;
  private int[] records = new int[0];

  Batch(int capacity, int views) {
    this.capacity = capacity;
    this.views = views;
  }

  void set(int[] recordIndices) {
    records = recordIndices;
  }

  /** Indices of the records, ascending. */
  int[] records() {
    return records;
  }

  int examples() {
    return records.length;
  }

  int rows() {
    return records.length * views;
  }

  int mostRows() {
    return capacity * views;
  }
}
