package io.silenda.dp.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.accounting.Adjacency;
import io.silenda.dp.accounting.Calibration;
import io.silenda.dp.accounting.PrivacyAccountant;
import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import io.silenda.dp.accounting.PrivacyEvent.PoissonSampled;
import io.silenda.dp.ledger.LedgerException;
import io.silenda.dp.network.LayerSpec.Dense;
import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.network.TensorShape;
import io.silenda.dp.network.Weights;
import io.silenda.dp.train.Clipping;
import io.silenda.dp.train.DpTrainer;
import io.silenda.dp.train.LearningRate;
import io.silenda.dp.train.Loss;
import io.silenda.dp.train.NoisePolicy;
import io.silenda.dp.train.Optimizer;
import io.silenda.dp.train.PrivacyTarget;
import io.silenda.dp.train.Sampling;
import io.silenda.dp.train.TrainingData;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The audit leaves an honest trainer alone and finds those with a planted bug. */
class CanaryAuditTest {
  private static final NetworkSpec NETWORK = NetworkSpec.of(TensorShape.of(1), new Dense(2));
  private static final double DELTA = 1e-5;
  private static final double RATE = 0.25;
  private static final int STEPS = 40;
  private static final long SEED = 2305;

  /** What a trainer does with the noise and the norm it was told. */
  private enum Bug {
    NONE(1, 1),
    /** As little as the mechanism can draw. */
    NO_NOISE(0, 1),
    /** Noise for a norm of 1, gradients of any norm. */
    NO_CLIPPING(1, 100);

    private final double noiseFactor;
    private final double norm;

    Bug(double noiseFactor, double norm) {
      this.noiseFactor = noiseFactor;
      this.norm = norm;
    }

    double noise(double told) {
      return Math.max(0.01, told * noiseFactor / norm);
    }
  }

  /** False alarms: below 5 % by the bound's confidence; the seed is fixed. */
  @Test
  void anHonestTrainerIsNotRefuted() throws Exception {
    assertThat(audit(Bug.NONE, 1, 300, SEED).refutes(1)).as("seed %d", SEED).isFalse();
  }

  @Test
  void noNoiseIsFound() throws Exception {
    assertThat(audit(Bug.NO_NOISE, 1, 300, SEED).refutes(1)).as("seed %d", SEED).isTrue();
  }

  @Test
  void noClippingIsFound() throws Exception {
    assertThat(audit(Bug.NO_CLIPPING, 1, 300, SEED).refutes(1)).as("seed %d", SEED).isTrue();
  }

  /** Twenty runs at each claim; each prints what it found. */
  @Test
  @EnabledIfSystemProperty(named = "silenda.full-audit", matches = "true")
  void twentyRunsAtThreeClaimsAreNotRefuted() throws Exception {
    for (double claim : List.of(1.0, 3.0, 8.0)) {
      double largest = 0;
      for (int run = 0; run < 20; run++) {
        AuditResult result = audit(Bug.NONE, claim, 1000, SEED + run);
        largest = Math.max(largest, result.epsilonLowerBound());
        assertThat(result.refutes(claim)).as("claim %s, run %d", claim, run).isFalse();
      }
      System.out.printf("claim %s: largest lower bound of 20 runs %.3f%n", claim, largest);
    }
  }

  private static AuditResult audit(Bug bug, double claim, int canaries, long seed)
      throws Exception {
    double told =
        Calibration.noise(
            PrivacyAccountant.pld(),
            noise -> new PoissonSampled(RATE, new Gaussian(noise)).times(STEPS),
            Adjacency.ADD_REMOVE,
            claim,
            DELTA);
    return CanaryAudit.run(
        NETWORK,
        canaries,
        DELTA,
        seed,
        (network, data) ->
            new CanaryAudit.BeforeAndAfter(
                train(network, data, 1, 1, 0, seed),
                train(network, data, bug.noise(told), bug.norm, 0.002, seed)));
  }

  private static Weights train(
      NetworkSpec network, TrainingData data, double noise, double norm, double rate, long seed)
      throws IOException, LedgerException, AccountingException {
    return DpTrainer.builder(network, Loss.CROSS_ENTROPY)
        .sampling(new Sampling.Poisson(RATE, 1))
        .steps(rate == 0 ? 1 : STEPS)
        .clipping(new Clipping.Flat(norm))
        .privacy(new PrivacyTarget.NoiseMultiplier(noise, DELTA))
        .optimizer(new Optimizer.Sgd())
        .learningRate(new LearningRate.Constant(rate))
        .noise(new NoisePolicy.InsecureTestSeed(seed))
        .build()
        .train(data)
        .weights();
  }
}
