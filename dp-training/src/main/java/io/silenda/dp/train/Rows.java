package io.silenda.dp.train;

import io.silenda.dp.engine.RowSource;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Rows and targets of training data as the trained part of the network takes them, with views of
 * records made on the way.
 */
final class Rows implements RowSource {
  private final TrainingData data;
  private final TrainingPlan plan;
  private final Optional<FixedFeatures> features;
  private final float[] record;
  private long step;

  Rows(TrainingData data, TrainingPlan plan) {
    this.data = data;
    this.plan = plan;
    features = FixedFeatures.in(data, plan.network());
    record = new float[plan.network().input().elements()];
  }

  void setStep(long value) {
    step = value;
  }

  @Override
  public void copyRow(int index, int view, float[] buffer, int at) {
    if (features.isEmpty()) {
      copyView(index, view, buffer, at);
    } else if (plan.augmentation().isEmpty()) {
      features.get().copyFeatures(index, buffer, at);
    } else {
      copyView(index, view, record, 0);
      features.get().apply(record, buffer, at);
    }
  }

  private void copyView(int index, int view, float[] buffer, int at) {
    data.copyRecord(index, buffer, at);
    if (plan.augmentation().isPresent()) {
      // By record and step alone: other records of the batch must not change a view.
      long seed = ((plan.seed() * 31 + step) * 31 + index) * 31 + view;
      plan.augmentation().get().apply(buffer, at, record.length, new SplittableRandom(seed));
    }
  }

  @Override
  public void copyTarget(int index, float[] buffer, int at) {
    data.copyTarget(index, buffer, at);
  }
}
