package io.silenda.dp.train;

import io.silenda.dp.accounting.PrivacyEvent;
import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import io.silenda.dp.accounting.PrivacyEvent.MatrixMechanism;
import io.silenda.dp.accounting.PrivacyEvent.TreeAggregation;
import io.silenda.dp.mechanism.CorrelatedMechanism;
import io.silenda.dp.mechanism.Participation;
import io.silenda.dp.mechanism.ToeplitzStrategy;

/**
 * How the noise of steps is correlated (DP-FTRL): A = B C, with A the prefix sums that the weights
 * of SGD are. Noise goes to C x, and B undoes C.
 */
public sealed interface Factorisation {
  /** What one mechanism costs, at the noise multiplier that it is run with. */
  PrivacyEvent event(Gaussian noise, Participation participation);

  /** The mechanism that this event is of. */
  CorrelatedMechanism mechanism(
      double clippingNorm, double noiseMultiplier, int dimension, Participation participation);

  /** Most steps of one mechanism, where a record is in every {@code separation}-th step. */
  int mostSteps(int separation);

  /**
   * A banded Toeplitz strategy matrix (arXiv 2306.08153), its coefficients chosen for the least
   * mean squared error of all prefix sums. The noise multiplier is relative to the clipping norm
   * times the strategy's sensitivity.
   *
   * @param bands 1 to 256, at most the batches of an epoch; 1 is independent noise
   */
  record BandedToeplitz(int bands) implements Factorisation {
    /** Checks the range. */
    public BandedToeplitz {
      Ranges.require("bands", bands, 1, ToeplitzStrategy.MOST_BANDS);
    }

    @Override
    public PrivacyEvent event(Gaussian noise, Participation participation) {
      return new MatrixMechanism(noise);
    }

    @Override
    public CorrelatedMechanism mechanism(
        double clippingNorm, double noiseMultiplier, int dimension, Participation participation) {
      ToeplitzStrategy strategy =
          ToeplitzStrategy.optimised(Math.min(bands, participation.steps()), participation);
      return CorrelatedMechanism.banded(
          clippingNorm, noiseMultiplier, dimension, strategy, participation);
    }

    @Override
    public int mostSteps(int separation) {
      return Participation.MOST_STEPS;
    }
  }

  /**
   * Binary trees over the steps of an epoch each (arXiv 2103.00039). The noise multiplier is that
   * of a node, relative to the clipping norm.
   */
  record BinaryTree() implements Factorisation {
    @Override
    public PrivacyEvent event(Gaussian noise, Participation participation) {
      return new TreeAggregation(noise, participation.steps());
    }

    @Override
    public CorrelatedMechanism mechanism(
        double clippingNorm, double noiseMultiplier, int dimension, Participation participation) {
      return CorrelatedMechanism.tree(clippingNorm, noiseMultiplier, dimension, participation);
    }

    @Override
    public int mostSteps(int separation) {
      return separation;
    }
  }
}
