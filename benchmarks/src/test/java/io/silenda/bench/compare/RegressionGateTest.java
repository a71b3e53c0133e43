package io.silenda.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegressionGateTest {
  private static final RegressionGate GATE = RegressionGate.standard();
  private static final int PAIRS = 200;

  /**
   * The gate promises at most 5 % of pairs. With exactly that rate, more than 20 alarms in 200
   * pairs have a probability of 0.0008: the false-alarm rate of this test, were its seed not fixed.
   */
  @Test
  void runsOfTheSameCodeRarelyRaiseAnAlarm() {
    int alarms = 0;
    for (int seed = 0; seed < PAIRS; seed++) {
      Random random = new Random(seed);
      Verdict verdict = GATE.judge(SyntheticRuns.of(random, 1), SyntheticRuns.of(random, 1));
      alarms += verdict.isRegression() ? 1 : 0;
    }
    assertThat(alarms).as("alarms over seeds 0 to %d", PAIRS - 1).isLessThanOrEqualTo(20);
  }

  /** Even where every kernel is at the edge of the allowance, the rate holds. */
  @Test
  void rateHoldsAtTheEdgeOfTheAllowance() {
    int alarms = 0;
    for (int seed = 0; seed < PAIRS; seed++) {
      Random random = new Random(seed);
      StoredRun before = noise(random, 1);
      StoredRun after = noise(random, GATE.allowance());
      alarms += GATE.judge(before, after).isRegression() ? 1 : 0;
    }
    assertThat(alarms).as("alarms over seeds 0 to %d", PAIRS - 1).isLessThanOrEqualTo(20);
  }

  private static StoredRun noise(Random random, double slowdown) {
    Map<String, double[]> ratios = new java.util.LinkedHashMap<>();
    for (int kernel = 0; kernel < 20; kernel++) {
      ratios.put(
          "kernel " + kernel,
          random.doubles(7).map(value -> Math.exp(0.2 * value) / slowdown).toArray());
    }
    return new StoredRun("kernels", true, "a machine", ratios);
  }

  /** A planted slowdown of one kernel of thirty; the gate may miss one pair in twenty. */
  @Test
  void findsAKernelThatTakesAThirdLonger() {
    int found = 0;
    for (int seed = 0; seed < PAIRS; seed++) {
      Random random = new Random(seed);
      Verdict verdict = GATE.judge(SyntheticRuns.of(random, 1), SyntheticRuns.of(random, 1.3));
      found +=
          verdict.findings().stream()
                  .anyMatch(each -> each.regression() && each.operation().equals("kernel 0"))
              ? 1
              : 0;
    }
    assertThat(found).as("found over seeds 0 to %d", PAIRS - 1).isGreaterThanOrEqualTo(190);
  }

  @Test
  void fasterIsNoRegression() {
    Random random = new Random(3);
    assertThat(GATE.judge(SyntheticRuns.of(random, 2), SyntheticRuns.of(random, 1)).isRegression())
        .isFalse();
  }

  @Test
  void saysWhatItCannotJudge() {
    StoredRun before =
        new StoredRun("kernels", true, "a", Map.of("both", new double[2], "old", new double[9]));
    StoredRun after = new StoredRun("kernels", true, "a", Map.of("both", new double[2]));
    Verdict verdict = GATE.judge(before, after);
    assertThat(verdict.tooFew()).containsExactly("both");
    assertThat(verdict.missing()).containsExactly("old");
    assertThat(verdict.isRegression()).isFalse();
  }

  @Test
  void refusesOtherSuites() {
    StoredRun kernels = SyntheticRuns.of(new Random(1), 1);
    StoredRun other = new StoredRun("overhead", true, "a", kernels.ratios());
    assertThatIllegalArgumentException().isThrownBy(() -> GATE.judge(kernels, other));
    StoredRun empty = new StoredRun("kernels", true, "a", Map.of());
    assertThatIllegalArgumentException().isThrownBy(() -> GATE.judge(kernels, empty));
    assertThatIllegalArgumentException().isThrownBy(() -> new RegressionGate(0, 1.1));
    assertThatIllegalArgumentException().isThrownBy(() -> new RegressionGate(0.05, 0.9));
  }
}
