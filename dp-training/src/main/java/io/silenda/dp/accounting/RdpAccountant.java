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
import io.silenda.dp.accounting.PrivacyEvent.PoissonSampled;
import io.silenda.dp.accounting.PrivacyEvent.RepeatAndSelect;
import io.silenda.dp.accounting.PrivacyEvent.Repeated;
import io.silenda.dp.accounting.PrivacyEvent.ShuffledEpoch;
import io.silenda.dp.accounting.PrivacyEvent.TreeAggregation;
import io.silenda.dp.accounting.rdp.RenyiCurve;
import io.silenda.dp.accounting.rdp.RenyiDivergence;
import io.silenda.dp.accounting.rdp.WithoutReplacement;
import java.util.function.DoubleUnaryOperator;

/** Accounting by Renyi divergence (Mironov 2017), converted by Canonne, Kamath and Steinke 2020. */
final class RdpAccountant implements PrivacyAccountant {
  private static final double LEAST_EPSILON = 1e-12;

  @Override
  public double epsilon(PrivacyEvent event, Adjacency adjacency, double delta)
      throws AccountingException {
    Arguments.fraction("delta", delta);
    double epsilon = delta == 0 ? Double.POSITIVE_INFINITY : curve(event, adjacency).epsilon(delta);
    if (!(epsilon < Double.POSITIVE_INFINITY)) {
      throw Refusals.infinite(delta);
    }
    return Math.max(LEAST_EPSILON, epsilon);
  }

  @Override
  public double delta(PrivacyEvent event, Adjacency adjacency, double epsilon)
      throws AccountingException {
    Arguments.notNegative("epsilon", epsilon);
    return curve(event, adjacency).delta(epsilon);
  }

  private RenyiCurve curve(PrivacyEvent event, Adjacency adjacency) throws AccountingException {
    if (event instanceof Repeated repeated) {
      return curve(repeated.event(), adjacency).times((double) repeated.count());
    }
    if (event instanceof Composed composed) {
      RenyiCurve sum = RenyiCurve.of(order -> 0);
      for (PrivacyEvent each : composed.events()) {
        sum = sum.plus(curve(each, adjacency));
      }
      return sum;
    }
    if (event instanceof RepeatAndSelect selection) {
      RenyiCurve run = curve(selection.run(), adjacency);
      return Double.isInfinite(selection.shape())
          ? run.bestOfPoisson(selection.mean())
          : run.bestOfNegativeBinomial(selection.mean(), selection.shape());
    }
    return sampled(event, adjacency);
  }

  private static RenyiCurve sampled(PrivacyEvent event, Adjacency adjacency)
      throws AccountingException {
    refuseUnless(event, adjacency, adjacency != Adjacency.ADD_REMOVE_USER);
    boolean replaced = adjacency == Adjacency.REPLACE_ONE;
    boolean fixed = replaced || adjacency == Adjacency.REPLACE_SPECIAL;
    if (event instanceof PoissonSampled poisson && poisson.noise() instanceof Gaussian gaussian) {
      refuseUnless(event, adjacency, !replaced);
      return poisson(poisson.rate(), gaussian);
    }
    if (event instanceof BandedMatrix banded) {
      refuseUnless(event, adjacency, !replaced);
      return poisson(banded.groupRate(), banded.noise()).times((double) banded.participations());
    }
    if (event instanceof FixedBatch batch) {
      refuseUnless(event, adjacency, replaced);
      double rate = (double) batch.batch() / batch.records();
      return RenyiCurve.of(new WithoutReplacement(rate, 0.5 * batch.noise().noiseMultiplier())::at);
    }
    if (event instanceof TreeAggregation tree) {
      refuseUnless(event, adjacency, fixed);
      return gaussian(tree.noise(), replaced).times(tree.depth());
    }
    if (event instanceof MatrixMechanism matrix) {
      refuseUnless(event, adjacency, fixed);
      return gaussian(matrix.noise(), replaced);
    }
    if (event instanceof ShuffledEpoch epoch) {
      refuseUnless(event, adjacency, fixed);
      return gaussian(epoch.noise(), replaced);
    }
    return RenyiCurve.of(noise(event, replaced ? 2 : 1));
  }

  private static DoubleUnaryOperator noise(PrivacyEvent event, int contribution)
      throws AccountingException {
    if (event instanceof Gaussian gaussian) {
      double sigma = gaussian.noiseMultiplier() / contribution;
      return order -> RenyiDivergence.gaussian(order, sigma);
    }
    if (event instanceof Laplace laplace) {
      double scale = laplace.scale() / contribution;
      return order -> RenyiDivergence.laplace(order, scale);
    }
    if (event instanceof DiscreteGaussian discrete) {
      double sigma = discrete.sigma() / ((double) contribution * discrete.sensitivity());
      return order -> RenyiDivergence.gaussian(order, sigma);
    }
    if (event instanceof DiscreteLaplace discrete) {
      int shift = contribution * discrete.sensitivity();
      return order -> RenyiDivergence.discreteLaplace(order, discrete.parameter(), shift);
    }
    if (event instanceof ApproximateDp approximate && approximate.delta() == 0) {
      double epsilon = approximate.epsilon();
      // Bun and Steinke 2016, proposition 3.3.
      return order -> Math.min(epsilon, 0.5 * order * epsilon * epsilon);
    }
    throw Refusals.event(event, "rdp", "ask the pld accountant");
  }

  private static RenyiCurve poisson(double rate, Gaussian noise) {
    return RenyiCurve.of(
        order -> RenyiDivergence.sampledGaussian(order, rate, noise.noiseMultiplier()));
  }

  private static RenyiCurve gaussian(Gaussian noise, boolean replaced) {
    double sigma = noise.noiseMultiplier() / (replaced ? 2 : 1);
    return RenyiCurve.of(order -> RenyiDivergence.gaussian(order, sigma));
  }

  private static void refuseUnless(PrivacyEvent event, Adjacency adjacency, boolean supported)
      throws AccountingException {
    if (!supported) {
      throw Refusals.adjacency(event, adjacency);
    }
  }
}
