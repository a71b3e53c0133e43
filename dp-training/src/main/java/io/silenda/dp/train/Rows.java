package io.silenda.dp.train;

import io.silenda.dp.engine.RowSource;
import java.util.SplittableRandom;

/** Rows and targets of training data, with views of records made on the way. */
final class Rows implements RowSource {
  private final TrainingData data;
  private final TrainingPlan plan;
  private final int length;
  private long step;

  Rows(TrainingData data, TrainingPlan plan) {
    this.data = data;
    this.plan = plan;
    length = plan.network().input().elements();
  }

  void setStep(long value) {
    step = value;
  }

  @Override
  public void copyRow(int record, int view, float[] buffer, int at) {
    data.copyRecord(record, buffer, at);
    if (plan.augmentation().isPresent()) {
      // By record and step alone: other records of the batch must not change a view.
      long seed = ((plan.seed() * 31 + step) * 31 + record) * 31 + view;
      plan.augmentation().get().apply(buffer, at, length, new SplittableRandom(seed));
    }
  }

  @Override
  public void copyTarget(int record, float[] buffer, int at) {
    data.copyTarget(record, buffer, at);
  }
}
