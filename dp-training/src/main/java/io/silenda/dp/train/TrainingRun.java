package io.silenda.dp.train;

/** One run. */
final class TrainingRun implements AutoCloseable {
  TrainingRun(TrainingPlan plan, TrainingData data) {}

  TrainedModel run() {
    throw new UnsupportedOperationException("the engine comes with the next change");
  }

  @Override
  public void close() {}
}
