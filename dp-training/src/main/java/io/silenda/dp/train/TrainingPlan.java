package io.silenda.dp.train;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.accounting.Adjacency;
import io.silenda.dp.accounting.PrivacyAccountant;
import io.silenda.dp.accounting.PrivacyEvent;
import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import io.silenda.dp.network.NetworkSpec;
import java.util.Optional;

/**
 * All settings of a run, checked.
 *
 * @param noiseMultiplier of the event of a step; 0 without privacy
 * @param averagingDecay 0 without averaging
 * @param views views of a record in a step
 */
record TrainingPlan(
    NetworkSpec network,
    Loss loss,
    Sampling sampling,
    long steps,
    Clipping clipping,
    double noiseMultiplier,
    double delta,
    Adjacency adjacency,
    NoisePolicy noise,
    Optimizer optimizer,
    LearningRate learningRate,
    double averagingDecay,
    Augmentation augmentation,
    int views,
    long seed,
    Optional<LedgerAccount> account,
    Optional<TrainingState> resumed,
    TrainingListener listener) {

  boolean isPrivate() {
    return noiseMultiplier > 0;
  }

  /** Refuses what does not go together. */
  void check() {
    if (isPrivate() && !(gradientNoiseMultiplier() <= 200)) {
      throw new IllegalArgumentException(
          "noiseMultiplier " + gradientNoiseMultiplier() + " is above 200");
    }
    if (!isPrivate() && account.isPresent()) {
      throw new IllegalArgumentException("a run without privacy cannot be charged to a ledger");
    }
    resumed.ifPresent(this::checkState);
  }

  private void checkState(TrainingState state) {
    int length = network.parameterCount();
    int averaged = averagingDecay > 0 ? length : 0;
    boolean fits =
        state.weights().length == length
            && state.averaged().length == averaged
            && state.optimizer().stream().allMatch(array -> array.length == length);
    if (!fits || state.step() < 0 || state.step() > steps) {
      throw new IllegalArgumentException("state is not of a run with these settings");
    }
  }

  PrivacyEvent event(long count) {
    if (!isPrivate()) {
      throw new IllegalStateException("a run without privacy has no event");
    }
    return sampling.event(new Gaussian(noiseMultiplier), count);
  }

  double epsilon(long count) throws AccountingException {
    if (!isPrivate()) {
      return Double.POSITIVE_INFINITY;
    }
    return count == 0 ? 0 : PrivacyAccountant.pld().epsilon(event(count), adjacency, delta);
  }

  /**
   * Multiplier of the gradient's own noise. Two Gaussians on one batch, of multipliers a and b, are
   * one of multiplier (a^-2 + b^-2)^-1/2.
   */
  double gradientNoiseMultiplier() {
    if (!(clipping instanceof Clipping.Adaptive adaptive)) {
      return noiseMultiplier;
    }
    double count = countNoiseMultiplier(adaptive);
    double rest = 1 / (noiseMultiplier * noiseMultiplier) - 1 / (count * count);
    if (!(rest > 0)) {
      throw new IllegalArgumentException(
          "countNoiseDeviation "
              + adaptive.countNoiseDeviation()
              + " must be above half the noise multiplier "
              + noiseMultiplier);
    }
    return 1 / Math.sqrt(rest);
  }

  /** A record moves the count by one half, as what is counted is centred. */
  static double countNoiseMultiplier(Clipping.Adaptive adaptive) {
    return 2 * adaptive.countNoiseDeviation();
  }
}
