package io.silenda.bench.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Compares two runs of a suite by ratios to the baseline that ran in turns with each operation, so
 * that a slower machine is no slower kernel.
 *
 * <p>The unit is a block of rounds, not a round: rounds of one block are taken within milliseconds
 * and share whatever disturbed them, while blocks of an operation are spread over the run. For each
 * operation {@link SlowdownTest} asks whether it became slower by more than the allowance, given
 * the spread of the blocks and what two processes of the same code differ by in all blocks alike
 * (where their pages and their code lie). Holm's correction over all operations (Scandinavian
 * Journal of Statistics 6, 1979) bounds the probability of any alarm at all.
 *
 * @param falseAlarmRate bound on the probability of an alarm where none is due
 * @param allowance slowdown that is no alarm; 1.05 is five percent
 * @param runDeviation standard deviation, in natural logarithms, of what all blocks of a run share
 */
public record RegressionGate(double falseAlarmRate, double allowance, double runDeviation) {
  /** Checks the ranges. */
  public RegressionGate {
    if (!(falseAlarmRate > 0 && falseAlarmRate < 1)) {
      throw new IllegalArgumentException("falseAlarmRate " + falseAlarmRate + " outside 0..1");
    }
    if (!(allowance >= 1)) {
      throw new IllegalArgumentException("allowance " + allowance + " is below 1");
    }
    if (!(runDeviation >= 0 && runDeviation < 1)) {
      throw new IllegalArgumentException("runDeviation " + runDeviation + " outside 0..1");
    }
  }

  /** One false alarm in twenty pairs of runs at most. */
  public static RegressionGate standard() {
    return new RegressionGate(0.05, 1, 0.02);
  }

  /**
   * Compares.
   *
   * @throws IllegalArgumentException if the runs are of different suites, or have no operation in
   *     common
   */
  public Verdict judge(StoredRun before, StoredRun after) {
    if (!before.suite().equals(after.suite())) {
      throw new IllegalArgumentException(
          "after is a run of " + after.suite() + ", before one of " + before.suite());
    }
    List<String> common =
        before.ratios().keySet().stream().filter(after.ratios()::containsKey).toList();
    if (common.isEmpty()) {
      throw new IllegalArgumentException("the runs have no operation in common");
    }
    List<Finding> findings = new ArrayList<>();
    List<String> tooFew = new ArrayList<>();
    for (String operation : common) {
      double[] old = ratios(before, operation);
      double[] now = ratios(after, operation);
      if (Math.min(old.length, now.length) < TrimmedMean.FEWEST) {
        tooFew.add(operation);
      } else {
        findings.add(finding(operation, SlowdownTest.of(old, now, runDeviation)));
      }
    }
    findings.sort(Comparator.comparingDouble(Finding::pValue));
    return new Verdict(
        corrected(findings), missing(before, after), tooFew, falseAlarmRate, allowance);
  }

  private static double[] ratios(StoredRun run, String operation) {
    return run.ratios().getOrDefault(operation, new double[0]);
  }

  private static List<String> missing(StoredRun before, StoredRun after) {
    List<String> missing = new ArrayList<>();
    missing.addAll(only(before.ratios(), after.ratios()));
    missing.addAll(only(after.ratios(), before.ratios()));
    return missing;
  }

  private static List<String> only(Map<String, double[]> in, Map<String, double[]> notIn) {
    return in.keySet().stream().filter(each -> !notIn.containsKey(each)).toList();
  }

  private Finding finding(String operation, SlowdownTest test) {
    return new Finding(
        operation,
        test.slowdown(),
        test.quantile(0.025),
        test.quantile(0.975),
        test.pValue(allowance),
        false);
  }

  /** Holm: the smallest p-value counts once for each operation, the next once less, and so on. */
  private List<Finding> corrected(List<Finding> ascending) {
    List<Finding> corrected = new ArrayList<>();
    boolean alarm = true;
    for (int i = 0; i < ascending.size(); i++) {
      Finding each = ascending.get(i);
      alarm = alarm && each.pValue() * (ascending.size() - i) <= falseAlarmRate;
      corrected.add(
          new Finding(
              each.operation(), each.slowdown(), each.low(), each.high(), each.pValue(), alarm));
    }
    return corrected;
  }
}
