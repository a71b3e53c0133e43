package io.silenda.dp.run;

/** Hears how a run goes on. Called on the training thread, often. */
@FunctionalInterface
public interface RunListener {
  /** Nobody listens. */
  RunListener NONE = progress -> {};

  /** Called after every step. */
  void afterStep(Progress progress);

  /**
   * Where a run stands.
   *
   * @param step steps done, those before a resume included
   * @param steps of the whole run
   * @param localLoss private: mean loss of the latest batch that had records
   * @param epsilon of the run up to its last checkpoint
   * @param localSamplesPerSecond private: records a second
   */
  record Progress(
      long step, long steps, double localLoss, double epsilon, double localSamplesPerSecond) {}
}
