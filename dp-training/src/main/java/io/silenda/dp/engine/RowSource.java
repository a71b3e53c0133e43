package io.silenda.dp.engine;

/** Where rows and targets come from. */
public interface RowSource {
  /** Writes a view of a record, in the order of the network's input. */
  void copyRow(int record, int view, float[] buffer, int at);

  /** Writes a record's target. */
  void copyTarget(int record, float[] buffer, int at);
}
