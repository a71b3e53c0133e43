package io.silenda.bench.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Compares two runs of a suite by ratios to the baseline that ran in turns with each operation, so
 * that a slower machine is no slower kernel.
 *
 * <p>For each operation a one-sided rank-sum test asks whether it became slower by more than the
 * allowance: what the same code may differ by from one process to the next. Holm's correction over
 * all operations bounds the probability of any alarm at all.
 *
 * @param falseAlarmRate bound on the probability of an alarm where none is due
 * @param allowance slowdown that two runs of the same code may show; 1.1 is ten percent
 */
public record RegressionGate(double falseAlarmRate, double allowance) {
  private static final int RESAMPLES = 400;
  private static final long SEED = 1;

  /** Checks the ranges. */
  public RegressionGate {
    if (!(falseAlarmRate > 0 && falseAlarmRate < 1)) {
      throw new IllegalArgumentException("falseAlarmRate " + falseAlarmRate + " outside 0..1");
    }
    if (!(allowance >= 1)) {
      throw new IllegalArgumentException("allowance " + allowance + " is below 1");
    }
  }

  /** One false alarm in twenty pairs of runs at most; 12 % between processes. */
  public static RegressionGate standard() {
    return new RegressionGate(0.05, 1.12);
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
      if (smallestPValue(old.length, now.length) > falseAlarmRate / common.size()) {
        tooFew.add(operation);
      } else {
        findings.add(finding(operation, old, now));
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

  /** That of samples which do not overlap: one split of all. */
  private static double smallestPValue(int first, int second) {
    double splits = 1;
    for (int i = 1; i <= first; i++) {
      splits *= (second + i) / (double) i;
    }
    return 1 / splits;
  }

  private Finding finding(String operation, double[] old, double[] now) {
    double[] excused = Arrays.stream(now).map(ratio -> ratio * allowance).toArray();
    double[] slowdowns = new double[RESAMPLES];
    Random random = new Random(SEED);
    for (int i = 0; i < RESAMPLES; i++) {
      slowdowns[i] = median(resample(old, random)) / median(resample(now, random));
    }
    Arrays.sort(slowdowns);
    return new Finding(
        operation,
        median(old) / median(now),
        slowdowns[(int) (0.025 * RESAMPLES)],
        slowdowns[(int) (0.975 * RESAMPLES)],
        RankSumTest.pValue(excused, old),
        false);
  }

  private static double[] resample(double[] values, Random random) {
    return random.ints(values.length, 0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
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
