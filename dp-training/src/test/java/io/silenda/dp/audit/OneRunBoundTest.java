package io.silenda.dp.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OneRunBoundTest {
  private static final long SEED = 305_08846;

  @Test
  void withoutDeltaTheTailIsTheBinomials() {
    // 10 of 10 at epsilon 0: 2^-10.
    assertThat(OneRunBound.probability(10, 10, 10, 0, 0)).isCloseTo(1.0 / 1024, within(1e-12));
    // 9 or 10 of 10 with success rate 0.75.
    double rate = Math.log(3);
    assertThat(OneRunBound.probability(10, 10, 9, rate, 0))
        .isCloseTo(10 * Math.pow(0.75, 9) * 0.25 + Math.pow(0.75, 10), within(1e-9));
  }

  @Test
  void deltaOnlyWeakensTheBound() {
    double pure = OneRunBound.epsilon(1000, 500, 480, 0, 0.05);
    double approximate = OneRunBound.epsilon(1000, 500, 480, 1e-5, 0.05);
    assertThat(approximate).isPositive().isLessThan(pure);
  }

  @Test
  void perfectGuessesOfAThousandGiveTheKnownBound() {
    // q^1000 = 0.05 / 6 at the bound: log(q / (1 - q)).
    double q = Math.pow(0.05 / 6, 1e-3);
    boolean[] included = new boolean[1000];
    double[] scores = new double[1000];
    for (int i = 0; i < 1000; i++) {
      included[i] = i % 2 == 0;
      scores[i] = included[i] ? 1 + i : -i;
    }
    AuditResult result = OneRunBound.of(included, scores, 0, 0.95);
    assertThat(result.epsilonLowerBound()).isCloseTo(Math.log(q / (1 - q)), within(1e-6));
    assertThat(result.right()).isEqualTo(result.guesses()).isEqualTo(1000);
  }

  /**
   * Randomised response at epsilon 1: the bound may exceed 1 in 5 % of the runs. 25 of 200 or more
   * happen by chance with probability below 1e-4.
   */
  @Test
  void coversRandomisedResponse() {
    SplittableRandom random = new SplittableRandom(SEED);
    double keep = 1 / (1 + Math.exp(-1));
    int beyond = 0;
    double sum = 0;
    for (int run = 0; run < 200; run++) {
      boolean[] included = new boolean[1000];
      double[] scores = new double[1000];
      for (int i = 0; i < 1000; i++) {
        included[i] = random.nextBoolean();
        boolean shown = random.nextDouble() < keep ? included[i] : !included[i];
        scores[i] = (shown ? 1 : 0) + random.nextDouble() * 0.5;
      }
      double bound = OneRunBound.of(included, scores, 1e-5, 0.95).epsilonLowerBound();
      sum += bound;
      beyond += bound > 1 ? 1 : 0;
    }
    assertThat(beyond).as("seed %d", SEED).isLessThan(25);
    // Not vacuous either.
    assertThat(sum / 200).as("seed %d", SEED).isGreaterThan(0.6);
  }

  @Test
  void chanceRefutesNothing() {
    SplittableRandom random = new SplittableRandom(SEED);
    boolean[] included = new boolean[500];
    double[] scores = new double[500];
    for (int i = 0; i < 500; i++) {
      included[i] = random.nextBoolean();
      scores[i] = random.nextDouble();
    }
    AuditResult result = OneRunBound.of(included, scores, 1e-5, 0.95);
    assertThat(result.refutes(0.5)).isFalse();
    assertThat(result.text(1)).contains("500 canaries", "claimed 1.000: not refuted");
  }
}
