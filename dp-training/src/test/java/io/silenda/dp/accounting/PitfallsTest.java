package io.silenda.dp.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.dp.accounting.AccountingException.Reason;
import io.silenda.dp.accounting.PrivacyEvent.ApproximateDp;
import io.silenda.dp.accounting.PrivacyEvent.Composed;
import io.silenda.dp.accounting.PrivacyEvent.DiscreteGaussian;
import io.silenda.dp.accounting.PrivacyEvent.FixedBatch;
import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import io.silenda.dp.accounting.PrivacyEvent.Laplace;
import io.silenda.dp.accounting.PrivacyEvent.PoissonSampled;
import io.silenda.dp.accounting.PrivacyEvent.RepeatAndSelect;
import io.silenda.dp.accounting.PrivacyEvent.ShuffledEpoch;
import io.silenda.dp.accounting.PrivacyEvent.TreeAggregation;
import io.silenda.dp.accounting.PrivacyEvent.TruncatedPoisson;
import io.silenda.dp.accounting.PrivacyEvent.UserLevelPoisson;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mistakes that other accountants are known to have made, and refusals. */
class PitfallsTest {
  private static final PldAccountant PLD = PrivacyAccountant.pld();
  private static final PrivacyAccountant RDP = PrivacyAccountant.rdp();
  private static final Gaussian NOISE = new Gaussian(1);

  @Test
  void shufflingIsCreditedWithNoAmplification() throws AccountingException {
    // Lower bounds of delta from arXiv 2403.17673, of which Poisson accounting claims a
    // ten-thousandth.
    double[][] rows = {
      {0.5, 4, 0.0737984519411}, {0.7, 2, 0.0215528325097}, {1, 1, 0.00825306508454}
    };
    for (double[] row : rows) {
      PrivacyEvent epoch = new ShuffledEpoch(new Gaussian(row[0]));
      assertThat(PLD.delta(epoch, Adjacency.REPLACE_SPECIAL, row[1])).isGreaterThan(row[2]);
      assertThat(RDP.delta(epoch, Adjacency.REPLACE_SPECIAL, row[1])).isGreaterThan(row[2]);
    }
  }

  @Test
  void aShuffledEpochIsNoNoiseThatCouldBePoissonSampled() {
    // The types do not allow it: only Noise can be sampled.
    assertThat(PrivacyEvent.Noise.class.isAssignableFrom(ShuffledEpoch.class)).isFalse();
  }

  @Test
  void epsilonIsNeverZero() throws AccountingException {
    for (double rate : new double[] {1e-9, 1e-4, 1}) {
      for (double sigma : new double[] {1, 50, 10_000}) {
        for (double delta : new double[] {1e-10, 1e-5, 0.1}) {
          PrivacyEvent event = new PoissonSampled(rate, new Gaussian(sigma));
          assertThat(PLD.epsilon(event, Adjacency.ADD_REMOVE, delta)).isPositive();
          assertThat(RDP.epsilon(event, Adjacency.ADD_REMOVE, delta)).isPositive();
        }
      }
    }
  }

  @Test
  void extremeParametersHaveSoundAnswers() throws AccountingException {
    double[][] settings = {
      {0.5, 0.2, 1, 1e-5},
      {1, 0.05, 1, 1e-6},
      {1e-7, 0.3, 1_000_000, 1e-8},
      {0.9, 0.5, 200, 1e-5},
      {0.01, 1, 1, 1e-12},
      {1e-3, 200, 100_000, 1e-9},
      {0.2, 0.3, 5000, 1e-5}
    };
    for (double[] s : settings) {
      PrivacyEvent event = new PoissonSampled(s[0], new Gaussian(s[1])).times((long) s[2]);
      double epsilon = PLD.epsilon(event, Adjacency.ADD_REMOVE, s[3]);
      assertThat(epsilon).isPositive().isLessThan(1e6);
      assertThat(epsilon)
          .isLessThanOrEqualTo(RDP.epsilon(event, Adjacency.ADD_REMOVE, s[3]) * 1.01 + 1e-3);
    }
  }

  @Test
  void theTwoNoiseConventionsOfReplacementAreOne() throws AccountingException {
    // A batch of all records is no sampling: replacing a record moves the sum by twice the clipping
    // norm.
    PrivacyEvent whole = new FixedBatch(1000, 1000, new Gaussian(2));
    assertThat(PLD.epsilon(whole, Adjacency.REPLACE_ONE, 1e-5))
        .isCloseTo(
            AnalyticGaussian.epsilon(1, 1e-5),
            org.assertj.core.data.Percentage.withPercentage(0.1));
    assertThat(PLD.epsilon(new Gaussian(2), Adjacency.REPLACE_ONE, 1e-5))
        .isCloseTo(
            AnalyticGaussian.epsilon(1, 1e-5),
            org.assertj.core.data.Percentage.withPercentage(0.1));
  }

  @Test
  void tuningCostsMoreThanOneRun() throws AccountingException {
    PrivacyEvent run = new PoissonSampled(0.01, new Gaussian(1.5)).times(1000);
    double once = RDP.epsilon(run, Adjacency.ADD_REMOVE, 1e-5);
    for (double shape : new double[] {0, 0.5, 1, Double.POSITIVE_INFINITY}) {
      assertThat(RDP.epsilon(new RepeatAndSelect(run, 10, shape), Adjacency.ADD_REMOVE, 1e-5))
          .isGreaterThan(once);
    }
  }

  @Test
  void eventsWithoutAMeaningUnderARelationAreRefused() {
    for (PrivacyAccountant accountant : List.of(PLD, RDP)) {
      refused(accountant, new ShuffledEpoch(NOISE), Adjacency.ADD_REMOVE);
      refused(accountant, new TreeAggregation(NOISE, 10), Adjacency.ADD_REMOVE);
      refused(accountant, new FixedBatch(1, 10, NOISE), Adjacency.ADD_REMOVE);
      refused(accountant, NOISE, Adjacency.ADD_REMOVE_USER);
      refused(accountant, new UserLevelPoisson(0.1, 2, NOISE), Adjacency.ADD_REMOVE);
      refused(accountant, new PoissonSampled(0.1, new Laplace(1)), Adjacency.REPLACE_ONE);
    }
  }

  @Test
  void oneUnsupportedPartRefusesTheWhole() {
    PrivacyEvent mixed = new Composed(List.of(NOISE, new RepeatAndSelect(NOISE, 3, 1)));
    assertThatThrownBy(() -> PLD.epsilon(mixed, Adjacency.ADD_REMOVE, 1e-5))
        .isInstanceOfSatisfying(
            AccountingException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.EVENT_NOT_SUPPORTED));
  }

  @Test
  void deltasOfApproximateEventsAddUp() throws AccountingException {
    PrivacyEvent event = new ApproximateDp(0.1, 1e-6).times(20);
    assertThatThrownBy(() -> PLD.epsilon(event, Adjacency.ADD_REMOVE, 1e-5))
        .isInstanceOfSatisfying(
            AccountingException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.NO_FINITE_EPSILON));
    assertThat(PLD.epsilon(event, Adjacency.ADD_REMOVE, 1e-4)).isBetween(0.3, 2.0);
    assertThat(PLD.epsilon(new ApproximateDp(0.1, 0).times(20), Adjacency.ADD_REMOVE, 0))
        .isCloseTo(2, org.assertj.core.data.Offset.offset(1e-12));
  }

  @Test
  void discreteNoiseIsNotTakenForContinuousNoise() throws AccountingException {
    // One integer of sensitivity 1 at sigma 0.3: the discrete mechanism's own curve, not that of
    // N(0, 0.3^2).
    PrivacyEvent discrete = new DiscreteGaussian(0.3, 1);
    double continuous = AnalyticGaussian.epsilon(0.3, 1e-5);
    assertThat(PLD.epsilon(discrete, Adjacency.ADD_REMOVE, 1e-5))
        .isNotCloseTo(continuous, org.assertj.core.data.Percentage.withPercentage(0.5));
  }

  @Test
  void moreCompositionsThanCanBeCountedAreRefused() {
    PrivacyEvent event = NOISE.times(1L << 39).times(1L << 39);
    assertThatThrownBy(() -> PLD.epsilon(event, Adjacency.ADD_REMOVE, 1e-5))
        .isInstanceOf(AccountingException.class);
  }

  @Test
  void tinyNoiseAndHugeDataSetsHaveAnswersToo() throws AccountingException {
    PrivacyEvent sampled = new PoissonSampled(0.5, new Gaussian(1e-6));
    assertThat(RDP.epsilon(sampled, Adjacency.ADD_REMOVE, 1e-5)).isBetween(1e11, 1e13);
    PrivacyEvent fixed = new FixedBatch(10, 100, new Gaussian(1e-6));
    assertThat(RDP.epsilon(fixed, Adjacency.REPLACE_ONE, 1e-5)).isBetween(1e11, 1e13);

    PrivacyEvent cut = new TruncatedPoisson(1e-6, 2000, Integer.MAX_VALUE, NOISE);
    assertThat(PLD.epsilon(cut.times(1000), Adjacency.ADD_REMOVE, 1e-5)).isBetween(1e-4, 1e-2);
  }

  @Test
  void largeNoiseLosesNoDeltaToCancellation() {
    // At epsilon 0 delta is 2 Phi(1 / 2 sigma) - 1, here 1 / (sigma sqrt(2 pi)) to 16 digits.
    for (double sigma : new double[] {1e7, 1e8, 1e9, 3e9, 1e10}) {
      assertThat(AnalyticGaussian.delta(sigma, 0))
          .as("sigma %s", sigma)
          .isBetween(0.398942280401 / sigma, 0.398942280402 / sigma + 1e-12);
    }
  }

  private static void refused(
      PrivacyAccountant accountant, PrivacyEvent event, Adjacency adjacency) {
    assertThatThrownBy(() -> accountant.epsilon(event, adjacency, 1e-5))
        .isInstanceOfSatisfying(
            AccountingException.class,
            e ->
                assertThat(e.reason())
                    .isIn(Reason.ADJACENCY_NOT_SUPPORTED, Reason.EVENT_NOT_SUPPORTED));
  }
}
