package io.silenda.dp.evaluate;

import io.silenda.dp.data.LabelledRows;
import io.silenda.dp.train.TrainingData;

/** Rows in memory as the trainer wants them. */
public final class RowData implements TrainingData {
  private final float[] values;
  private final float[] labels;
  private final int width;

  /** Takes copies. */
  public RowData(LabelledRows rows) {
    values = rows.values();
    labels = rows.labels();
    width = rows.width();
  }

  @Override
  public int recordCount() {
    return labels.length;
  }

  @Override
  public void copyRecord(int record, float[] buffer, int offset) {
    System.arraycopy(values, record * width, buffer, offset, width);
  }

  @Override
  public float label(int record) {
    return labels[record];
  }
}
