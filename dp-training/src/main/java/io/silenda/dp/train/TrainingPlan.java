package io.silenda.dp.train;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.accounting.Adjacency;
import io.silenda.dp.accounting.PrivacyAccountant;
import io.silenda.dp.accounting.PrivacyEvent;
import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import io.silenda.dp.engine.LossFunction;
import io.silenda.dp.engine.NetworkEngine;
import io.silenda.dp.mechanism.CorrelatedMechanism;
import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.train.Sampling.FixedOrder;
import java.util.List;
import java.util.Optional;

/**
 * All settings of a run, checked.
 *
 * @param noiseMultiplier of the event of a step; 0 without privacy
 * @param wholeEpsilon of all steps
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
    double wholeEpsilon,
    double delta,
    Adjacency adjacency,
    NoisePolicy noise,
    Optimizer optimizer,
    LearningRate learningRate,
    double averagingDecay,
    Optional<Augmentation> augmentation,
    int views,
    long seed,
    Optional<LedgerAccount> account,
    Optional<TrainingState> resumed,
    TrainingListener listener) {
  private static final int MOST_PLAIN_RECORDS = 384;
  private static final long MOST_NUMBERS = 1 << 22;

  boolean isPrivate() {
    return noiseMultiplier > 0;
  }

  /** The same with the epsilon of all steps. */
  TrainingPlan withEpsilon() throws AccountingException {
    return new TrainingPlan(
        network,
        loss,
        sampling,
        steps,
        clipping,
        noiseMultiplier,
        epsilonUntil(steps),
        delta,
        adjacency,
        noise,
        optimizer,
        learningRate,
        averagingDecay,
        augmentation,
        views,
        seed,
        account,
        resumed,
        listener);
  }

  /** Refuses what does not go together. */
  void check() {
    if (isPrivate() && !(gradientNoiseMultiplier() <= 200)) {
      throw new IllegalArgumentException(
          "noiseMultiplier " + gradientNoiseMultiplier() + " is above 200");
    }
    if (sampling instanceof FixedOrder order) {
      checkOrder(order);
    }
    if (!isPrivate() && account.isPresent()) {
      throw new IllegalArgumentException("a run without privacy cannot be charged to a ledger");
    }
    resumed.ifPresent(this::checkState);
  }

  private void checkOrder(FixedOrder order) {
    if (clipping instanceof Clipping.Adaptive) {
      throw new IllegalArgumentException(
          "clipping must have a fixed norm, as its noise is shared by many steps");
    }
    long entry = account.map(LedgerAccount::stepsPerEntry).orElse(steps);
    if (entry < steps && entry % order.mechanismSteps() != 0) {
      throw new IllegalArgumentException(
          "stepsPerEntry " + entry + " is not a multiple of " + order.mechanismSteps());
    }
    if (isPrivate()) {
      // Refuses what it cannot draw; the norm itself does not matter.
      mechanism(order, clipping.norm(), steps);
    }
  }

  /** The mechanism that begins when the run has {@code left} steps left. */
  CorrelatedMechanism mechanism(FixedOrder order, double sensitivity, long left) {
    return order
        .factorisation()
        .mechanism(
            sensitivity, noiseMultiplier, network.parameterCount(), order.participation(left));
  }

  /** Whether correlated noise begins anew before a step, counted from where the run began. */
  boolean beginsMechanism(long step) {
    return isPrivate()
        && sampling instanceof FixedOrder order
        && step % order.mechanismSteps() == 0;
  }

  private void checkState(TrainingState state) {
    int length = network.parameterCount();
    int averaged = averagingDecay > 0 ? length : 0;
    boolean fits =
        state.weights().length == length
            && state.averaged().length == averaged
            && (state.optimizer().size() == Updater.momentCount(optimizer) || state.step() == 0)
            && state.optimizer().stream().allMatch(array -> array.length == length);
    boolean correlated = isPrivate() && sampling instanceof FixedOrder && state.step() > 0;
    fits &= state.mechanisms() >= (correlated ? 1 : 0) && state.mechanisms() <= state.step();
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

  /** What the steps up to {@code step} cost, those before a resume included. */
  private PrivacyEvent eventUntil(long step) {
    if (sampling instanceof FixedOrder order && resumed.isPresent()) {
      long begun = order.mechanisms(step - resumed.get().step());
      return order
          .mechanismEvent(new Gaussian(noiseMultiplier))
          .times(resumed.get().mechanisms() + begun);
    }
    return event(step);
  }

  /** Epsilon of {@code count} steps. */
  double epsilon(long count) throws AccountingException {
    if (!isPrivate() || count == 0) {
      return isPrivate() ? 0 : Double.POSITIVE_INFINITY;
    }
    return epsilon(event(count));
  }

  /** Epsilon of the steps up to {@code step}, those before a resume included. */
  double epsilonUntil(long step) throws AccountingException {
    return isPrivate() && step > 0 ? epsilon(eventUntil(step)) : epsilon(step);
  }

  /** By loss distributions; by Renyi divergence where they have no answer. */
  private double epsilon(PrivacyEvent event) throws AccountingException {
    try {
      return PrivacyAccountant.pld().epsilon(event, adjacency, delta);
    } catch (AccountingException e) {
      return PrivacyAccountant.rdp().epsilon(event, adjacency, delta);
    }
  }

  /** What the whole run may claim. */
  PrivacyStatement statement() {
    return new PrivacyStatement(
        wholeEpsilon,
        delta,
        adjacency,
        isPrivate() ? List.of(eventUntil(steps)) : List.of(),
        noiseMultiplier,
        noise instanceof NoisePolicy.Secure);
  }

  /** Where the run begins. */
  TrainingState start() {
    return resumed.orElseGet(
        () -> {
          float[] first = InitialWeights.of(network, seed);
          float[] average = averagingDecay > 0 ? first : new float[0];
          return new TrainingState(0, first, List.of(), average, clipping.norm());
        });
  }

  LossFunction lossFunction() {
    return switch (loss) {
      case CROSS_ENTROPY -> LossFunction.crossEntropy();
      case LOGISTIC -> LossFunction.logistic();
      case SQUARED_ERROR -> LossFunction.squaredError();
    };
  }

  /** Records of a virtual batch: as many as fit into the numbers that tensors may have. */
  int capacity() {
    NetworkSpec trained = network.behindFeatures();
    long rows = MOST_NUMBERS / NetworkEngine.numbersPerRow(trained) / views;
    int most = isPrivate() ? NetworkEngine.mostRecords(trained, views) : MOST_PLAIN_RECORDS;
    return (int) Math.max(1, Math.min(most, rows));
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
