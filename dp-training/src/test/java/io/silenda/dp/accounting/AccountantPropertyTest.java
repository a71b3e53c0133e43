package io.silenda.dp.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import io.silenda.dp.accounting.PrivacyEvent.PoissonSampled;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Monotone in every argument, and bounds in their order, over random parameters. {@code
 * -Dsilenda.dp.sets=10000} runs the long form of the PLD properties.
 */
class AccountantPropertyTest {
  private static final int SETS = Integer.getInteger("silenda.dp.sets", 60);
  private static final int RDP_SETS = Math.max(SETS, 300);
  private static final long SEED = 8;

  /** The grid is chosen anew for every question: answers may differ by its pessimism. */
  private static final double PLD_GRID = 1 + 1e-3;

  private record Setting(double rate, double sigma, long steps, double delta) {
    static Setting random(Random random) {
      double rate = random.nextInt(10) == 0 ? 1 : power(random, 1e-4, 0.9);
      // Noise that leaves epsilon below about fifty.
      long steps = Math.round(power(random, 1, 20_000));
      double least = Math.max(0.5, 0.3 * rate * Math.sqrt((double) steps));
      return new Setting(rate, power(random, least, 20 * least), steps, power(random, 1e-10, 1e-2));
    }

    /** As training runs are: lower bounds take seconds far from here. */
    static Setting usual(Random random) {
      double rate = power(random, 2e-3, 0.5);
      long steps = Math.round(power(random, 100, 10_000));
      double least = Math.max(0.7, 0.3 * rate * Math.sqrt((double) steps));
      return new Setting(rate, power(random, least, 5 * least), steps, power(random, 1e-8, 1e-4));
    }

    private static double power(Random random, double low, double high) {
      return low * Math.pow(high / low, random.nextDouble());
    }

    double epsilon(PrivacyAccountant accountant) throws AccountingException {
      return accountant.epsilon(event(), Adjacency.ADD_REMOVE, delta);
    }

    PrivacyEvent event() {
      return new PoissonSampled(rate, new Gaussian(sigma)).times(steps);
    }

    /** A setting that is worse in one argument, by a factor of up to two. */
    Setting worse(Random random) {
      double factor = 1 + random.nextDouble();
      return switch (random.nextInt(4)) {
        case 0 -> new Setting(Math.min(1, rate * factor), sigma, steps, delta);
        case 1 -> new Setting(rate, sigma / factor, steps, delta);
        case 2 -> new Setting(rate, sigma, steps + (long) Math.ceil(steps * (factor - 1)), delta);
        default -> new Setting(rate, sigma, steps, delta / factor);
      };
    }
  }

  @Test
  void renyiIsMonotoneInEveryArgument() throws AccountingException {
    Random random = new Random(SEED);
    for (int i = 0; i < RDP_SETS; i++) {
      Setting setting = Setting.random(random);
      Setting worse = setting.worse(random);
      assertThat(worse.epsilon(PrivacyAccountant.rdp()))
          .as("seed %d: %s against %s", SEED, setting, worse)
          .isGreaterThanOrEqualTo(setting.epsilon(PrivacyAccountant.rdp()) * (1 - 1e-9));
    }
  }

  @Test
  void lossDistributionsAreMonotoneInEveryArgument() throws AccountingException {
    Random random = new Random(SEED + 1);
    for (int i = 0; i < SETS; i++) {
      Setting setting = Setting.random(random);
      Setting worse = setting.worse(random);
      assertThat(worse.epsilon(PrivacyAccountant.pld()) * PLD_GRID + 1e-9)
          .as("seed %d: %s against %s", SEED + 1, setting, worse)
          .isGreaterThanOrEqualTo(setting.epsilon(PrivacyAccountant.pld()));
    }
  }

  @Test
  void boundsAreInOrder() throws AccountingException {
    Random random = new Random(SEED + 2);
    for (int i = 0; i < SETS / 6; i++) {
      Setting setting = Setting.usual(random);
      double low =
          PrivacyAccountant.pld()
              .optimisticEpsilon(setting.event(), Adjacency.ADD_REMOVE, setting.delta());
      double high = setting.epsilon(PrivacyAccountant.pld());
      assertThat(high).as("seed %d: %s", SEED + 2, setting).isGreaterThanOrEqualTo(low);
      assertThat(setting.epsilon(PrivacyAccountant.rdp()))
          .as("seed %d: %s", SEED + 2, setting)
          .isGreaterThanOrEqualTo(low);
    }
  }

  @Test
  void deltaInvertsEpsilonFromAbove() throws AccountingException {
    Random random = new Random(SEED + 3);
    for (int i = 0; i < SETS / 6; i++) {
      Setting setting = Setting.usual(random);
      double epsilon = setting.epsilon(PrivacyAccountant.pld());
      double low =
          PrivacyAccountant.pld()
              .optimisticEpsilon(setting.event(), Adjacency.ADD_REMOVE, setting.delta());
      // At an epsilon that the lower bound excludes, delta has to be above the target.
      if (low > 0) {
        assertThat(
                PrivacyAccountant.pld().delta(setting.event(), Adjacency.ADD_REMOVE, low * 0.999))
            .as("seed %d: %s", SEED + 3, setting)
            .isGreaterThan(setting.delta() * (1 - 1e-6));
      }
      assertThat(
              PrivacyAccountant.pld().delta(setting.event(), Adjacency.ADD_REMOVE, epsilon * 1.01))
          .as("seed %d: %s", SEED + 3, setting)
          .isLessThanOrEqualTo(setting.delta());
    }
  }

  @Test
  void pessimisticAndOptimisticAreWithinOnePercentAtUsualSettings() throws AccountingException {
    Setting[] usual = {
      new Setting(256.0 / 60_000, 1.1, 14_062, 1e-5),
      new Setting(0.01, 1, 1000, 1e-5),
      new Setting(0.02, 2, 2500, 1e-5),
      new Setting(0.08192, 4, 610, 1e-5),
      new Setting(0.001, 0.6, 5000, 1e-6),
      new Setting(1, 10, 100, 1e-5)
    };
    for (Setting setting : usual) {
      double high = setting.epsilon(PrivacyAccountant.pld());
      double low =
          PrivacyAccountant.pld()
              .optimisticEpsilon(setting.event(), Adjacency.ADD_REMOVE, setting.delta());
      assertThat(low).as("%s", setting).isBetween(0.99 * high, high);
    }
  }
}
