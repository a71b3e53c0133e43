package io.silenda.bench.compare;

import java.util.List;

/**
 * What the gate says of two runs.
 *
 * @param findings of each operation that both runs have, the most suspicious first
 * @param missing operations that only one of them has
 * @param tooFew operations with too few blocks to be judged
 * @param falseAlarmRate bound on the probability of any alarm where nothing became slower than
 *     allowed
 * @param allowance slowdown that is no alarm
 */
public record Verdict(
    List<Finding> findings,
    List<String> missing,
    List<String> tooFew,
    double falseAlarmRate,
    double allowance) {

  /** Copies the lists. */
  public Verdict {
    findings = List.copyOf(findings);
    missing = List.copyOf(missing);
    tooFew = List.copyOf(tooFew);
  }

  /** Whether anything became slower. */
  public boolean isRegression() {
    return findings.stream().anyMatch(Finding::regression);
  }
}
