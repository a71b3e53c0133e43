package io.silenda.attest.report;

import io.silenda.attest.Check;
import io.silenda.attest.Check.Outcome;
import io.silenda.attest.Verdict;
import java.util.List;
import java.util.Locale;

/** A verdict for people. */
public final class Explanation {
  /** What hardware attestation cannot tell, whatever a verdict says. */
  private static final String LIMITS =
      "Not excluded by any verdict: side channels, and physical attacks on memory by whoever holds the"
          + " machine (2025: WireTap, Battering RAM, TEE.fail). List the chips you know: platform is ...";

  private Explanation() {}

  /** One line. */
  public static String line(Verdict verdict) {
    return printable(
        verdict.accepted()
            ? "accept: "
                + (verdict.simulated() ? "SIMULATED, no hardware: " : "")
                + verdict.format()
                + status(verdict)
            : "reject: " + verdict.reason().code() + ": " + verdict.explanation());
  }

  /** Everything: what was refused first, then every check, then what was measured. */
  public static String full(Verdict verdict) {
    StringBuilder text = new StringBuilder(line(verdict)).append("\n");
    List<Check> failures =
        verdict.checks().stream().filter(check -> check.outcome() == Outcome.FAILED).toList();
    for (Check failure : failures) {
      text.append("\nrefused by ").append(failure.name()).append(" (");
      text.append(failure.reason().code())
          .append(")\n  seen:   ")
          .append(printable(failure.seen()));
      text.append("\n  wanted: ").append(printable(failure.wanted())).append("\n");
    }
    text.append("\nchecks\n");
    for (Check check : verdict.checks()) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %-11s %s: %s%n",
              check.outcome().code(),
              check.name(),
              printable(check.seen())));
    }
    if (!verdict.measured().isEmpty()) {
      text.append("\nmeasured\n");
      verdict.measured().forEach((name, value) -> text.append(line(name, value)));
    }
    return text.append("\n").append(LIMITS).append("\n").toString();
  }

  private static String line(String name, String value) {
    return printable("  " + name + " is " + value) + "\n";
  }

  /** Evidence chooses some of these texts: it must not write lines, or move the cursor. */
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", "?");
  }

  private static String status(Verdict verdict) {
    String advisories =
        verdict.advisoryIds().isEmpty() ? "" : " " + String.join(", ", verdict.advisoryIds());
    return verdict.tcbStatus().map(status -> ", " + status.code() + advisories).orElse("");
  }
}
