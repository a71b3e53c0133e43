package io.silenda.dp.train;

/** Hears of every step, on the training thread. What it throws ends the run. */
@FunctionalInterface
public interface TrainingListener {
  /** Called when a step's weights are in place; the progress is only valid during the call. */
  void afterStep(TrainingProgress progress);
}
