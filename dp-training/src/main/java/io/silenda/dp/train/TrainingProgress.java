package io.silenda.dp.train;

import io.silenda.dp.network.Weights;

/**
 * Where a run stands. Methods whose name starts with {@code local} tell of private records without
 * noise: fit for a screen in the trainer's own house, for nothing that leaves it.
 */
public interface TrainingProgress {
  /** Steps done, with those before a resume. */
  long step();

  /** Steps of the whole run. */
  long steps();

  /** Learning rate of this step. */
  double learningRate();

  /** Clipping norm of this step. */
  double clippingNorm();

  /**
   * Epsilon of the steps done, at the run's delta; infinite without privacy. Computed when asked
   * for, in up to some tenths of a second.
   */
  double epsilon();

  /** Private: mean loss of the batch; NaN if it was empty. */
  double localLoss();

  /** Private: records in the batch. */
  int localBatchSize();

  /** Private: records of the batch that contributed zero as their gradient was not finite. */
  int localRejectedRecords();

  /** Weights after this step. */
  Weights weights();

  /** What a checkpoint holds. */
  TrainingState state();

  /**
   * Ends the run after this step. The guarantee stays that of all planned charges. A decision that
   * rests on local figures is not accounted for.
   */
  void stop();
}
