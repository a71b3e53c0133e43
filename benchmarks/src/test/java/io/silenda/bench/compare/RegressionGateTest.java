package io.silenda.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegressionGateTest {
  private static final RegressionGate GATE = RegressionGate.standard();
  private static final int PAIRS = 200;

  /** The same code's runs differ by as much as the gate allows for. */
  private static StoredRun run(Random random, double slowdown) {
    return SyntheticRuns.of(random, GATE.runDeviation(), slowdown);
  }

  /**
   * The gate promises at most 5 % of pairs. With exactly that rate, more than 20 alarms in 200
   * pairs have a probability of 0.0008: the false-alarm rate of this test, were its seed not fixed.
   */
  @Test
  void runsOfTheSameCodeRarelyRaiseAnAlarm() {
    int alarms = 0;
    for (int seed = 0; seed < PAIRS; seed++) {
      Random random = new Random(seed);
      alarms += GATE.judge(run(random, 1), run(random, 1)).isRegression() ? 1 : 0;
    }
    assertThat(alarms).as("alarms over seeds 0 to %d", PAIRS - 1).isLessThanOrEqualTo(20);
  }

  /** Even where every kernel is at the edge of an allowance, the rate holds. */
  @Test
  void rateHoldsAtTheEdgeOfTheAllowance() {
    RegressionGate lenient = new RegressionGate(0.05, 1.1, GATE.runDeviation());
    int alarms = 0;
    for (int seed = 0; seed < PAIRS; seed++) {
      Random random = new Random(seed);
      StoredRun before = run(random, 1);
      StoredRun after = slower(run(random, 1), lenient.allowance());
      alarms += lenient.judge(before, after).isRegression() ? 1 : 0;
    }
    assertThat(alarms).as("alarms over seeds 0 to %d", PAIRS - 1).isLessThanOrEqualTo(20);
  }

  private static StoredRun slower(StoredRun run, double slowdown) {
    Map<String, double[]> ratios = new LinkedHashMap<>();
    run.ratios()
        .forEach(
            (operation, blocks) ->
                ratios.put(
                    operation, Arrays.stream(blocks).map(each -> each / slowdown).toArray()));
    return new StoredRun(run.suite(), run.quick(), run.machine(), ratios);
  }

  /**
   * What all blocks of a run share is in no spread of blocks: a gate that does not allow for it
   * raises false alarms in most pairs, once there is more of it than a block's noise averages to.
   */
  @Test
  void whatARunSharesMustBeAllowedFor() {
    RegressionGate blind = new RegressionGate(0.05, 1, 0);
    int alarms = 0;
    for (int seed = 0; seed < PAIRS; seed++) {
      Random random = new Random(seed);
      StoredRun before = SyntheticRuns.of(random, 0.08, 1);
      alarms += blind.judge(before, SyntheticRuns.of(random, 0.08, 1)).isRegression() ? 1 : 0;
    }
    assertThat(alarms).as("alarms over seeds 0 to %d", PAIRS - 1).isGreaterThan(PAIRS / 2);
  }

  /** A planted slowdown of one kernel of fifty; the gate may miss one pair in twenty. */
  @Test
  void findsAKernelThatTakesAThirdLonger() {
    int found = 0;
    for (int seed = 0; seed < PAIRS; seed++) {
      Random random = new Random(seed);
      Verdict verdict = GATE.judge(run(random, 1), run(random, 1.3));
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
    assertThat(GATE.judge(run(random, 2), run(random, 1)).isRegression()).isFalse();
  }

  @Test
  void saysWhatItCannotJudge() {
    StoredRun before =
        new StoredRun("kernels", true, "a", Map.of("both", new double[4], "old", new double[9]));
    StoredRun after = new StoredRun("kernels", true, "a", Map.of("both", new double[9]));
    Verdict verdict = GATE.judge(before, after);
    assertThat(verdict.tooFew()).containsExactly("both");
    assertThat(verdict.missing()).containsExactly("old");
    assertThat(verdict.isRegression()).isFalse();
  }

  @Test
  void refusesOtherSuites() {
    StoredRun kernels = run(new Random(1), 1);
    StoredRun other = new StoredRun("overhead", true, "a", kernels.ratios());
    assertThatIllegalArgumentException().isThrownBy(() -> GATE.judge(kernels, other));
    StoredRun empty = new StoredRun("kernels", true, "a", Map.of());
    assertThatIllegalArgumentException().isThrownBy(() -> GATE.judge(kernels, empty));
    assertThatIllegalArgumentException().isThrownBy(() -> new RegressionGate(0, 1.1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new RegressionGate(0.05, 0.9, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new RegressionGate(0.05, 1.1, -1));
  }
}
