package io.silenda.bench.compare;

import java.io.PrintWriter;
import java.util.Locale;

/** A verdict for a terminal. */
public final class CompareText {
  private static final int SHOWN = 12;

  private CompareText() {}

  /** Prints it, the most suspicious operations first. */
  public static void print(StoredRun before, StoredRun after, Verdict verdict, PrintWriter out) {
    if (!before.machine().equals(after.machine())) {
      out.println("machines differ: " + before.machine() + " and " + after.machine());
    }
    if (before.quick() != after.quick()) {
      out.println("one run is quick, the other is not");
    }
    out.println("slowdown   95 % interval      p        operation");
    verdict.findings().stream()
        .filter(each -> each.regression() || verdict.findings().indexOf(each) < SHOWN)
        .forEach(each -> out.println(line(each)));
    int more = verdict.findings().size() - SHOWN;
    if (more > 0) {
      out.println("and " + more + " more");
    }
    verdict.missing().forEach(each -> out.println("in one run only: " + each));
    verdict.tooFew().forEach(each -> out.println("too few blocks to judge: " + each));
    long alarms = verdict.findings().stream().filter(Finding::regression).count();
    out.printf(
        Locale.ROOT,
        "%s: %d of %d operations slower by more than %.0f %%; false alarms in at most %.0f %% of"
            + " pairs of runs%n",
        alarms > 0 ? "REGRESSION" : "no regression",
        alarms,
        verdict.findings().size(),
        100 * (verdict.allowance() - 1),
        100 * verdict.falseAlarmRate());
  }

  private static String line(Finding finding) {
    return String.format(
        Locale.ROOT,
        "%7.3f    %6.3f .. %6.3f  %8.2g  %s%s",
        finding.slowdown(),
        finding.low(),
        finding.high(),
        finding.pValue(),
        finding.operation(),
        finding.regression() ? "  REGRESSION" : "");
  }
}
