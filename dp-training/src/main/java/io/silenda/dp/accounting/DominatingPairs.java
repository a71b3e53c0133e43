package io.silenda.dp.accounting;

import io.silenda.dp.accounting.PrivacyEvent.ApproximateDp;
import io.silenda.dp.accounting.PrivacyEvent.BandedMatrix;
import io.silenda.dp.accounting.PrivacyEvent.Composed;
import io.silenda.dp.accounting.PrivacyEvent.DiscreteGaussian;
import io.silenda.dp.accounting.PrivacyEvent.DiscreteLaplace;
import io.silenda.dp.accounting.PrivacyEvent.FixedBatch;
import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import io.silenda.dp.accounting.PrivacyEvent.Laplace;
import io.silenda.dp.accounting.PrivacyEvent.MatrixMechanism;
import io.silenda.dp.accounting.PrivacyEvent.Noise;
import io.silenda.dp.accounting.PrivacyEvent.PoissonSampled;
import io.silenda.dp.accounting.PrivacyEvent.RepeatAndSelect;
import io.silenda.dp.accounting.PrivacyEvent.Repeated;
import io.silenda.dp.accounting.PrivacyEvent.ShuffledEpoch;
import io.silenda.dp.accounting.PrivacyEvent.TreeAggregation;
import io.silenda.dp.accounting.PrivacyEvent.TruncatedPoisson;
import io.silenda.dp.accounting.PrivacyEvent.UserLevelPoisson;
import io.silenda.dp.accounting.pld.AtomicPair;
import io.silenda.dp.accounting.pld.DominatingPair;
import io.silenda.dp.accounting.pld.GaussianMixturePair;
import io.silenda.dp.accounting.pld.LaplacePair;
import io.silenda.dp.accounting.pld.LossAccounting.Use;
import io.silenda.dp.accounting.pld.WithoutReplacementPair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Translates events into dominating pairs; equal events are counted together, normal noise is
 * composed in closed form.
 */
final class DominatingPairs {
  private final Adjacency adjacency;
  private final Map<PrivacyEvent, Long> sampled = new LinkedHashMap<>();
  private double inverseVariance;

  private DominatingPairs(Adjacency adjacency) {
    this.adjacency = adjacency;
  }

  static List<Use> of(PrivacyEvent event, Adjacency adjacency) throws AccountingException {
    DominatingPairs pairs = new DominatingPairs(adjacency);
    pairs.collect(event, 1);
    List<Use> uses = new ArrayList<>();
    if (pairs.inverseVariance > 0) {
      double shift = pairs.contribution() * Math.sqrt(pairs.inverseVariance);
      uses.add(new Use(GaussianMixturePair.shifted(shift), 1));
    }
    for (Map.Entry<PrivacyEvent, Long> entry : pairs.sampled.entrySet()) {
      uses.add(new Use(pairs.pair(entry.getKey()), entry.getValue()));
    }
    return uses;
  }

  private void collect(PrivacyEvent event, long count) throws AccountingException {
    if (event instanceof Repeated repeated) {
      collect(repeated.event(), Counts.product(count, repeated.count()));
    } else if (event instanceof Composed composed) {
      for (PrivacyEvent each : composed.events()) {
        collect(each, count);
      }
    } else if (event instanceof Gaussian gaussian) {
      refuseUsers(event);
      addGaussian(gaussian, count);
    } else if (event instanceof TreeAggregation tree) {
      refuseUnlessFixed(event);
      addGaussian(tree.noise(), Counts.product(count, tree.depth()));
    } else if (event instanceof MatrixMechanism matrix) {
      refuseUnlessFixed(event);
      addGaussian(matrix.noise(), count);
    } else if (event instanceof ShuffledEpoch epoch) {
      refuseUnlessFixed(event);
      addGaussian(epoch.noise(), count);
    } else if (event instanceof BandedMatrix banded) {
      PrivacyEvent step = new PoissonSampled(banded.groupRate(), banded.noise());
      refuseUnless(
          event, adjacency == Adjacency.ADD_REMOVE || adjacency == Adjacency.REPLACE_SPECIAL);
      collect(step, Counts.product(count, banded.participations()));
    } else if (event instanceof PoissonSampled poisson && poisson.rate() == 1) {
      collect(poisson.noise(), count);
    } else {
      sampled.merge(event, count, Counts::sum);
    }
  }

  private void addGaussian(Gaussian gaussian, long count) {
    inverseVariance += count / (gaussian.noiseMultiplier() * gaussian.noiseMultiplier());
  }

  private DominatingPair pair(PrivacyEvent event) throws AccountingException {
    if (event instanceof PoissonSampled poisson) {
      return poisson(poisson);
    }
    if (event instanceof Noise noise) {
      refuseUsers(event);
      return noise(noise, 1, (int) contribution());
    }
    if (event instanceof TruncatedPoisson truncated) {
      refuseUnless(event, adjacency == Adjacency.ADD_REMOVE);
      return TruncatedBatches.pair(truncated);
    }
    if (event instanceof FixedBatch batch) {
      refuseUnless(event, adjacency == Adjacency.REPLACE_ONE);
      return new WithoutReplacementPair(
          (double) batch.batch() / batch.records(), 2 / batch.noise().noiseMultiplier());
    }
    if (event instanceof UserLevelPoisson user) {
      refuseUnless(event, adjacency == Adjacency.ADD_REMOVE_USER);
      return Users.pair(user);
    }
    if (event instanceof ApproximateDp approximate) {
      return AtomicPair.approximate(approximate.epsilon(), approximate.delta());
    }
    if (event instanceof RepeatAndSelect) {
      throw Refusals.event(event, "pld", "ask the rdp accountant");
    }
    throw Refusals.event(event, "pld", "the event is unknown to it");
  }

  private DominatingPair poisson(PoissonSampled event) throws AccountingException {
    refuseUsers(event);
    if (adjacency != Adjacency.REPLACE_ONE) {
      return noise(event.noise(), event.rate(), 1);
    }
    if (event.noise() instanceof Gaussian gaussian) {
      return GaussianMixturePair.sampledReplacement(event.rate(), 1 / gaussian.noiseMultiplier());
    }
    throw Refusals.adjacency(event, adjacency);
  }

  private static DominatingPair noise(Noise noise, double rate, int contribution) {
    if (noise instanceof Gaussian gaussian) {
      return GaussianMixturePair.sampled(rate, contribution / gaussian.noiseMultiplier());
    }
    if (noise instanceof Laplace laplace) {
      return new LaplacePair(rate, laplace.scale() / contribution);
    }
    if (noise instanceof DiscreteGaussian discrete) {
      return AtomicPair.discreteGaussian(
          discrete.sigma(), discrete.sensitivity() * contribution, rate);
    }
    DiscreteLaplace discrete = (DiscreteLaplace) noise;
    return AtomicPair.discreteLaplace(
        discrete.parameter(), discrete.sensitivity() * contribution, rate);
  }

  /** How far one record moves a sum, in units of its largest contribution. */
  private double contribution() {
    return adjacency == Adjacency.REPLACE_ONE ? 2 : 1;
  }

  private void refuseUsers(PrivacyEvent event) throws AccountingException {
    refuseUnless(event, adjacency != Adjacency.ADD_REMOVE_USER);
  }

  /**
   * Where a record has a fixed place in the order of steps, only relations that keep the number of
   * records have a meaning.
   */
  private void refuseUnlessFixed(PrivacyEvent event) throws AccountingException {
    refuseUnless(
        event, adjacency == Adjacency.REPLACE_ONE || adjacency == Adjacency.REPLACE_SPECIAL);
  }

  private void refuseUnless(PrivacyEvent event, boolean supported) throws AccountingException {
    if (!supported) {
      throw Refusals.adjacency(event, adjacency);
    }
  }
}
