package io.silenda.dp.accounting;

import java.util.List;

/**
 * What a mechanism does to the data, as data. Noise multipliers are noise deviations over the
 * largest contribution of one record (the clipping norm), under every adjacency: where replacing a
 * record moves a sum by twice as much, the accountant knows.
 *
 * <p>Immutable; compared by value. The set is closed: what is not here cannot be accounted for.
 */
public sealed interface PrivacyEvent {
  /** Most repetitions of one event. */
  long LARGEST_COUNT = 1_000_000_000_000L;

  /** Noise that can be sampled: added to a sum to which one record contributes at most one. */
  sealed interface Noise extends PrivacyEvent {}

  /** Normal noise on a vector sum; sensitivity in the 2-norm. */
  record Gaussian(double noiseMultiplier) implements Noise {
    /** Checks the range. */
    public Gaussian {
      Arguments.positive("noiseMultiplier", noiseMultiplier);
    }
  }

  /** Laplace noise on one number, or on a vector with sensitivity in the 1-norm. */
  record Laplace(double scale) implements Noise {
    /** Checks the range. */
    public Laplace {
      Arguments.positive("scale", scale);
    }
  }

  /**
   * Discrete normal noise on one integer, to which a record contributes up to {@code sensitivity}.
   */
  record DiscreteGaussian(double sigma, int sensitivity) implements Noise {
    /** Checks the ranges. */
    public DiscreteGaussian {
      Arguments.positive("sigma", sigma);
      Arguments.between("sensitivity", sensitivity, 1, 1 << 16);
    }
  }

  /**
   * Two-sided geometric noise exp(-parameter |k|) on one integer, to which a record contributes up
   * to {@code sensitivity}.
   */
  record DiscreteLaplace(double parameter, int sensitivity) implements Noise {
    /** Checks the ranges. */
    public DiscreteLaplace {
      Arguments.positive("parameter", parameter);
      Arguments.between("sensitivity", sensitivity, 1, 1 << 16);
    }
  }

  /** Every record takes part with probability {@code rate}, independently. */
  record PoissonSampled(double rate, Noise noise) implements PrivacyEvent {
    /** Checks the rate. */
    public PoissonSampled {
      Arguments.rate("rate", rate);
    }
  }

  /**
   * As {@link PoissonSampled}, but a batch above {@code maxBatch} is cut to a uniform subset (arXiv
   * 2508.15089).
   */
  record TruncatedPoisson(double rate, int maxBatch, int records, Gaussian noise)
      implements PrivacyEvent {
    /** {@code records} counts the larger of the two neighbours. */
    public TruncatedPoisson {
      Arguments.rate("rate", rate);
      Arguments.between("records", records, 1, Integer.MAX_VALUE);
      Arguments.between("maxBatch", maxBatch, 1, records);
    }
  }

  /**
   * A batch of exactly {@code batch} of {@code records} records, drawn anew without replacement.
   */
  record FixedBatch(int batch, int records, Gaussian noise) implements PrivacyEvent {
    /** Checks the ranges. */
    public FixedBatch {
      Arguments.between("records", records, 1, Integer.MAX_VALUE);
      Arguments.between("batch", batch, 1, records);
    }
  }

  /**
   * One pass over shuffled or ordered batches of any sizes that the data do not decide: every
   * record is in one of them. Shuffling is not credited with any amplification.
   */
  record ShuffledEpoch(Gaussian noise) implements PrivacyEvent {}

  /** A user owns up to {@code recordsPerUser} records, each sampled independently. */
  record UserLevelPoisson(double rate, int recordsPerUser, Gaussian noise) implements PrivacyEvent {
    /** Checks the ranges. */
    public UserLevelPoisson {
      Arguments.rate("rate", rate);
      Arguments.between("recordsPerUser", recordsPerUser, 1, 1000);
    }
  }

  /**
   * One binary tree of prefix sums over {@code steps} steps in which a record takes part once;
   * every node is noised.
   */
  record TreeAggregation(Gaussian noise, long steps) implements PrivacyEvent {
    /** Checks the range. */
    public TreeAggregation {
      Arguments.between("steps", steps, 1, LARGEST_COUNT);
    }

    /** Nodes that one step enters. */
    public int depth() {
      return 64 - Long.numberOfLeadingZeros(steps);
    }
  }

  /**
   * A matrix mechanism without sampling: all steps are one release of normal noise, relative to the
   * sensitivity of the encoder under the participation that the sampler enforces ({@link
   * MatrixSensitivity}).
   */
  record MatrixMechanism(Gaussian noise) implements PrivacyEvent {}

  /**
   * A matrix mechanism with {@code bands} bands; the records are split into as many groups once,
   * and step t samples group t mod bands at {@code groupRate} (arXiv 2306.08153, theorem 4).
   */
  record BandedMatrix(double groupRate, int bands, long steps, Gaussian noise)
      implements PrivacyEvent {
    /** Checks the ranges. */
    public BandedMatrix {
      Arguments.rate("groupRate", groupRate);
      Arguments.between("bands", bands, 1, 1 << 24);
      Arguments.between("steps", steps, 1, LARGEST_COUNT);
    }

    /** Steps in which one group can be sampled. */
    public long participations() {
      return (steps + bands - 1) / bands;
    }
  }

  /** All that is known is (epsilon, delta) privacy. */
  record ApproximateDp(double epsilon, double delta) implements PrivacyEvent {
    /** Checks the ranges. */
    public ApproximateDp {
      Arguments.notNegative("epsilon", epsilon);
      Arguments.fraction("delta", delta);
    }
  }

  /**
   * The best of a random number of runs (arXiv 2110.03620): truncated negative binomial with the
   * given mean and shape; shape 0 is the logarithmic distribution, infinite shape Poisson.
   */
  record RepeatAndSelect(PrivacyEvent run, double mean, double shape) implements PrivacyEvent {
    /** Checks the ranges. */
    public RepeatAndSelect {
      if (!(mean >= 1) || Double.isInfinite(mean)) {
        throw new IllegalArgumentException("mean " + mean + " is not a finite number from 1 on");
      }
      if (!(shape > -1)) {
        throw new IllegalArgumentException("shape " + shape + " is not above -1");
      }
    }
  }

  /** The same event {@code count} times, adaptively. */
  record Repeated(PrivacyEvent event, long count) implements PrivacyEvent {
    /** Checks the range. */
    public Repeated {
      Arguments.between("count", count, 1, LARGEST_COUNT);
    }
  }

  /** All of the events, in any order, adaptively. */
  record Composed(List<PrivacyEvent> events) implements PrivacyEvent {
    /** Copies the list. */
    public Composed {
      events = List.copyOf(events);
      if (events.isEmpty()) {
        throw new IllegalArgumentException("events must not be empty");
      }
    }
  }

  /** This event {@code count} times. */
  default PrivacyEvent times(long count) {
    return count == 1 ? this : new Repeated(this, count);
  }
}
