package io.silenda.dp.train;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.accounting.Adjacency;
import io.silenda.dp.accounting.Calibration;
import io.silenda.dp.accounting.PrivacyAccountant;
import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import io.silenda.dp.ledger.PrivacyLedger;
import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.network.TensorShape;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a run. Sampling, steps, clipping, privacy, optimizer and learning rate must be given;
 * the rest has safe defaults. Every setting must be public: one that was chosen by a look at
 * private records is a release of its own.
 */
public final class DpTrainerBuilder {
  private final NetworkSpec network;
  private final Loss loss;
  private @Nullable Sampling sampling;
  private @Nullable Clipping clipping;
  private @Nullable PrivacyTarget privacy;
  private @Nullable Optimizer optimizer;
  private @Nullable LearningRate learningRate;
  private long steps;
  private Adjacency adjacency = Adjacency.ADD_REMOVE;
  private NoisePolicy noise = new NoisePolicy.Secure();
  private double averagingDecay;
  private Optional<Augmentation> augmentation = Optional.empty();
  private int views = 1;
  private long seed;
  private Optional<LedgerAccount> account = Optional.empty();
  private Optional<TrainingState> resumed = Optional.empty();
  private TrainingListener listener = progress -> {};

  DpTrainerBuilder(NetworkSpec network, Loss loss) {
    this.network = network;
    this.loss = loss;
    TensorShape output = network.output();
    if (loss == Loss.LOGISTIC && output.elements() != 1) {
      throw new IllegalArgumentException(
          "network ends in " + output + ", and the logistic loss needs one output");
    }
    if (loss == Loss.CROSS_ENTROPY && (output.rank() != 1 || output.elements() < 2)) {
      throw new IllegalArgumentException(
          "network ends in " + output + ", and cross-entropy needs [classes]");
    }
  }

  /** Who takes part in a step. */
  public DpTrainerBuilder sampling(Sampling value) {
    sampling = value;
    return this;
  }

  /** Steps of the whole run, from 1 to 10^9. */
  public DpTrainerBuilder steps(long value) {
    Ranges.require("steps", (double) value, 1, 1e9);
    steps = value;
    return this;
  }

  /** How far one record may move a step's sum. */
  public DpTrainerBuilder clipping(Clipping value) {
    clipping = value;
    return this;
  }

  /** How much noise. */
  public DpTrainerBuilder privacy(PrivacyTarget value) {
    privacy = value;
    return this;
  }

  /** What neighbours are; by default one record is added or removed. */
  public DpTrainerBuilder adjacency(Adjacency value) {
    if (value == Adjacency.ADD_REMOVE_USER) {
      throw new IllegalArgumentException("adjacency must be of single records");
    }
    adjacency = value;
    return this;
  }

  /** What follows the noisy gradient. */
  public DpTrainerBuilder optimizer(Optimizer value) {
    optimizer = value;
    return this;
  }

  /** Learning rate of each step. */
  public DpTrainerBuilder learningRate(LearningRate value) {
    learningRate = value;
    return this;
  }

  /** Also keeps averaged weights: decay times the old ones, the rest of the new ones. */
  public DpTrainerBuilder averaging(double decay) {
    Ranges.require("decay", decay, 1e-6, 0.999999);
    averagingDecay = decay;
    return this;
  }

  /** Averages the gradients of {@code count} views of each record before clipping, 1 to 64. */
  public DpTrainerBuilder augmentation(Augmentation value, int count) {
    Ranges.require("count", count, 1, 64);
    augmentation = Optional.of(value);
    views = count;
    return this;
  }

  /** Public seed of initial weights and augmentation. */
  public DpTrainerBuilder seed(long value) {
    seed = value;
    return this;
  }

  /** Where coins and noise come from; by default a cryptographic generator. */
  public DpTrainerBuilder noise(NoisePolicy value) {
    noise = value;
    return this;
  }

  /** Charges the whole run to a ledger before its first step. */
  public DpTrainerBuilder ledger(PrivacyLedger ledger, String job) {
    return ledger(ledger, job, 1_000_000_000);
  }

  /** Charges the run to a ledger, {@code stepsPerEntry} steps at a time, ahead of them. */
  public DpTrainerBuilder ledger(PrivacyLedger ledger, String job, long stepsPerEntry) {
    Ranges.require("stepsPerEntry", (double) stepsPerEntry, 1, 1e9);
    account = Optional.of(new LedgerAccount(ledger, job, stepsPerEntry));
    return this;
  }

  /**
   * Goes on from a state. The steps ahead draw fresh noise and are charged; those behind were
   * charged when they ran. The settings must be those of the run that left the state.
   */
  public DpTrainerBuilder resume(TrainingState state) {
    resumed = Optional.of(state);
    return this;
  }

  /** Who hears of steps. */
  public DpTrainerBuilder listener(TrainingListener value) {
    listener = value;
    return this;
  }

  /**
   * Checks the settings, and finds the noise for a target epsilon.
   *
   * @throws AccountingException if no noise reaches the target
   */
  public DpTrainer build() throws AccountingException {
    Sampling who = required("sampling", sampling);
    Clipping how = required("clipping", clipping);
    PrivacyTarget target = required("privacy", privacy);
    if (steps == 0) {
      throw new IllegalArgumentException("steps must be given");
    }
    TrainingPlan plan =
        new TrainingPlan(
            network,
            loss,
            who,
            steps,
            how,
            noiseMultiplier(target, who),
            Double.POSITIVE_INFINITY,
            target.delta(),
            adjacency,
            noise,
            required("optimizer", optimizer),
            required("learningRate", learningRate),
            averagingDecay,
            augmentation,
            views,
            seed,
            account,
            resumed,
            listener);
    plan.check();
    return new DpTrainer(plan.withEpsilon());
  }

  private double noiseMultiplier(PrivacyTarget target, Sampling who) throws AccountingException {
    if (target instanceof PrivacyTarget.NoiseMultiplier given) {
      return given.noiseMultiplier();
    }
    if (target instanceof PrivacyTarget.Epsilon wanted) {
      return Calibration.noise(
          PrivacyAccountant.pld(),
          multiplier -> who.event(new Gaussian(multiplier), steps),
          adjacency,
          wanted.epsilon(),
          wanted.delta());
    }
    return 0;
  }

  private static <T> T required(String name, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(name + " must be given");
    }
    return value;
  }
}
