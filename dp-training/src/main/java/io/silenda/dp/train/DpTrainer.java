package io.silenda.dp.train;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.accounting.PrivacyEvent;
import io.silenda.dp.ledger.LedgerException;
import io.silenda.dp.network.NetworkSpec;
import java.io.IOException;

/**
 * Trains a network by DP-SGD (arXiv 1607.00133), by DP-FTRL where batches have a fixed order
 * ({@link Sampling.FixedOrder}), or by another optimiser on noisy gradients.
 *
 * <p>Guarantee: the weights of all steps together, and with adaptive clipping all clipping norms,
 * are (epsilon, delta) differentially private for the {@link PrivacyStatement} of the result, under
 * these assumptions: all settings are public; {@link TrainingData} treats each record by itself;
 * nobody learns the noise.
 *
 * <p>A step: sample records; gradients of each one's loss (the mean over its views); scale each to
 * the clipping norm; sum; round to a grid; add normal noise; divide by the expected batch size;
 * hand to the optimiser. An empty batch is a step like any other: charged, and noise alone. With a
 * fixed order the noise of many steps is one mechanism, charged whole before its first step; its
 * noise lives in memory alone, so that a resumed run begins another and is charged for that.
 *
 * <p>Immutable; runs share nothing, and one runs on the thread that called.
 */
public final class DpTrainer {
  private final TrainingPlan plan;

  DpTrainer(TrainingPlan plan) {
    this.plan = plan;
  }

  /** Begins the settings of a run. */
  public static DpTrainerBuilder builder(NetworkSpec network, Loss loss) {
    return new DpTrainerBuilder(network, loss);
  }

  /** Noise deviation over clipping norm of the gradient, as given or as calibrated. */
  public double noiseMultiplier() {
    return plan.noiseMultiplier();
  }

  /**
   * What {@code steps} steps cost.
   *
   * @throws IllegalStateException without privacy
   */
  public PrivacyEvent event(long steps) {
    return plan.event(steps);
  }

  /** Epsilon of {@code steps} steps at the run's delta; infinite without privacy. */
  public double epsilon(long steps) throws AccountingException {
    return plan.epsilon(steps);
  }

  /**
   * Runs all steps. Fixed features of the network are computed once for each record, or taken from
   * {@link FixedFeatures}.
   *
   * @throws LedgerException if the budget does not allow the run; nothing is spent then, unless
   *     other jobs spent the rest meanwhile
   * @throws IOException if the ledger cannot be written
   */
  public TrainedModel train(TrainingData data) throws IOException, LedgerException {
    NetworkSpec network = plan.network();
    if (network.features().isPresent() && FixedFeatures.in(data, network).isEmpty()) {
      try (FixedFeatures features = new FixedFeatures(network, data)) {
        return train(features);
      }
    }
    try (TrainingRun run = new TrainingRun(plan, data)) {
      return run.run();
    }
  }
}
