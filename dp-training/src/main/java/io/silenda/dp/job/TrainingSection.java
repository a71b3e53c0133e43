package io.silenda.dp.job;

import io.silenda.dp.job.MechanismSection.FixedOrder;
import io.silenda.dp.mechanism.Participation;
import io.silenda.dp.train.Factorisation.BinaryTree;
import io.silenda.dp.train.LearningRate;
import io.silenda.dp.train.NoisePolicy;
import io.silenda.dp.train.Optimizer;

/**
 * How a model is trained. All are public constants.
 *
 * @param steps noisy steps
 * @param expectedBatchSize what noisy sums are divided by
 * @param optimizer what follows the noisy gradient
 * @param learningRate of each step
 * @param averagingDecay of averaged weights; 0 for none
 * @param seed of the initial weights
 * @param noise a cryptographic generator, unless a test asks for the same noise again
 * @param checkpointEvery steps between checkpoints, which are charged together. Correlated noise
 *     begins anew with each, or with each epoch's tree
 */
public record TrainingSection(
    int steps,
    double expectedBatchSize,
    Optimizer optimizer,
    LearningRate learningRate,
    double averagingDecay,
    long seed,
    NoisePolicy noise,
    int checkpointEvery) {
  private static final int MOST_STEPS = 10_000_000;
  private static final Range RATE = Range.above(0, 1e6);

  /** Kinds of optimizers. */
  private enum OptimizerKind {
    SGD,
    MOMENTUM,
    ADAM
  }

  /** Kinds of schedules. */
  private enum ScheduleKind {
    CONSTANT,
    COSINE,
    STEPWISE
  }

  static TrainingSection from(Members members, MechanismSection mechanism) throws JobException {
    int steps = steps(members, mechanism.stepsPerEpoch());
    TrainingSection section =
        new TrainingSection(
            steps,
            batchSize(members, mechanism),
            optimizer(members.object("optimizer")),
            learningRate(members, steps),
            members.number("averaging-decay", Range.from(0, 0.999999), 0),
            members.has("seed") ? members.seed("seed") : 0,
            members.has("insecure-test-seed")
                ? new NoisePolicy.InsecureTestSeed(members.seed("insecure-test-seed"))
                : new NoisePolicy.Secure(),
            checkpointEvery(members, mechanism, steps));
    members.done();
    return section;
  }

  private static double batchSize(Members members, MechanismSection mechanism) throws JobException {
    return mechanism instanceof FixedOrder
        ? members.whole("expected-batch-size", 1, 1 << 24)
        : members.number("expected-batch-size", Range.from(1e-3, 1e9));
  }

  private static int checkpointEvery(Members members, MechanismSection mechanism, int steps)
      throws JobException {
    if (!(mechanism instanceof FixedOrder order)) {
      return members.whole("checkpoint-every", 1, MOST_STEPS, Math.max(1, steps / 10));
    }
    // Noise that begins anew cancels less: by default it does so only where it must.
    int every = Math.min(steps, Participation.MOST_STEPS);
    if (order.factorisation() instanceof BinaryTree) {
      every = order.batchesPerEpoch();
    }
    int chosen = members.whole("checkpoint-every", 1, Participation.MOST_STEPS, every);
    if (order.factorisation() instanceof BinaryTree && chosen % order.batchesPerEpoch() != 0) {
      throw members.refuse(
          "checkpoint-every", "whole epochs of " + order.batchesPerEpoch() + " batches");
    }
    return chosen;
  }

  /** An epoch is as many steps as it takes for each record to be expected once. */
  private static int steps(Members members, double stepsPerEpoch) throws JobException {
    if (members.has("steps")) {
      if (members.has("epochs")) {
        throw members.refuse("epochs", "either steps or epochs");
      }
      return members.whole("steps", 1, MOST_STEPS);
    }
    double epochs = members.number("epochs", Range.above(0, 1e6));
    double steps = Math.ceil(epochs * stepsPerEpoch);
    if (steps > MOST_STEPS) {
      throw members.refuse("epochs", "at most " + MOST_STEPS + " steps");
    }
    return (int) steps;
  }

  private static Optimizer optimizer(Members members) throws JobException {
    double decay = members.number("weight-decay", Range.from(0, 1), 0);
    Optimizer optimizer =
        switch (members.choice("kind", OptimizerKind.class)) {
          case SGD -> new Optimizer.Sgd(decay);
          case MOMENTUM ->
              new Optimizer.Momentum(members.number("momentum", Range.from(0, 0.9999), 0.9), decay);
          case ADAM ->
              new Optimizer.Adam(
                  members.number("beta1", Range.from(0, 0.9999), 0.9),
                  members.number("beta2", Range.from(0, 0.999999), 0.999),
                  members.number("epsilon", Range.from(1e-12, 1), 1e-8),
                  decay);
        };
    members.done();
    return optimizer;
  }

  private static LearningRate learningRate(Members members, int steps) throws JobException {
    double rate = members.number("learning-rate", RATE);
    if (!members.has("schedule")) {
      return new LearningRate.Constant(rate);
    }
    Members schedule = members.object("schedule");
    LearningRate chosen =
        switch (schedule.choice("kind", ScheduleKind.class)) {
          case CONSTANT -> new LearningRate.Constant(rate);
          case COSINE ->
              new LearningRate.Cosine(
                  rate,
                  schedule.number("end", Range.from(0, rate), 0),
                  schedule.whole("warm-up-steps", 0, steps, 0));
          case STEPWISE ->
              new LearningRate.Stepwise(
                  rate,
                  schedule.number("factor", Range.from(0, 1)),
                  schedule.whole("interval", 1, MOST_STEPS));
        };
    schedule.done();
    return chosen;
  }
}
