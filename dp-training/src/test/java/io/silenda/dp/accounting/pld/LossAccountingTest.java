package io.silenda.dp.accounting.pld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class LossAccountingTest {
  @Test
  void deltaAtZeroIsTheTotalVariation() {
    NormalDistribution normal = new NormalDistribution(null, 0, 1);
    for (double shift : new double[] {1e-3, 0.1, 1, 5}) {
      for (long count : new long[] {1, 4, 100}) {
        LossAccounting accounting =
            new LossAccounting(
                List.of(new LossAccounting.Use(GaussianMixturePair.shifted(shift), count)));
        double exact =
            2 * normal.cumulativeProbability(0.5 * shift * Math.sqrt((double) count)) - 1;
        assertThat(accounting.delta(0))
            .as("%d times %s", count, shift)
            .isGreaterThanOrEqualTo(exact)
            .isCloseTo(exact, within(2e-3 * exact));
      }
    }
  }

  /** Where one rare event decides, tilts are weak, and what a window folds in may dwarf delta. */
  @Test
  void rareEventsAreNotDrownedByWhatTheWindowFoldsIn() {
    double previous = 0;
    for (long steps : new long[] {30, 32, 34, 36, 41, 45, 50}) {
      LossAccounting.Use use =
          new LossAccounting.Use(GaussianMixturePair.sampled(4.48e-4, 1 / 0.9), steps);
      double epsilon = new LossAccounting(List.of(use)).epsilon(3.4e-10);
      assertThat(epsilon).as("%d steps", steps).isBetween(previous, 0.25);
      previous = epsilon;
    }
  }

  @Test
  void aWindowAboveTheEpsilonSaysNothing() {
    LossCells cells = GaussianMixturePair.shifted(1).cells(0.01, 1e-30);
    LossDistribution loss = LossDistribution.connectTheDots(cells);
    Composer composer = new Composer(List.of(new Composer.Part(loss, 10_000)), 2);
    ComposedLoss composed = composer.compose(3, 20_000, 20_001);
    assertThat(composed.bottom()).isGreaterThan(1000);
    assertThat(composed.delta(0)).isEqualTo(1);
    assertThat(composed.delta(composed.bottom() - 1)).isEqualTo(1);
  }

  @Test
  void untiltedSingleUseHasNoTransformError() {
    LossCells cells = GaussianMixturePair.shifted(1).cells(0.01, 1e-30);
    Composer composer =
        new Composer(List.of(new Composer.Part(LossDistribution.connectTheDots(cells), 1)), 0);
    ComposedLoss composed = composer.compose(8, 0, 1);
    assertThat(composed.delta(1)).isBetween(0.12, 0.13);
    assertThat(composed.epsilon(0.125)).isBetween(1.0, 1.02);
  }
}
