package io.silenda.dp.report;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.accounting.Adjacency;
import io.silenda.dp.accounting.PrivacyAccountant;
import io.silenda.dp.accounting.PrivacyEvent;
import io.silenda.dp.accounting.PrivacyEvent.Composed;
import io.silenda.dp.accounting.PrivacyEvent.Repeated;
import io.silenda.dp.ledger.LedgerEntry;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What may be said of the model of a run, from all that the run was charged for: steps that were
 * drawn again after a crash count again.
 *
 * @param epsilon by loss distributions
 * @param delta the job's
 * @param adjacency the job's
 * @param chargedSteps steps that were charged
 * @param secretNoise false for noise from a test seed: then nothing is private
 */
public record RunGuarantee(
    double epsilon, double delta, Adjacency adjacency, long chargedSteps, boolean secretNoise) {

  /**
   * The guarantee for these charges; epsilon 0 where there are none.
   *
   * @param chargedSteps steps that they are for
   */
  public static RunGuarantee of(
      List<LedgerEntry> charged,
      long chargedSteps,
      Adjacency adjacency,
      double delta,
      boolean secretNoise)
      throws AccountingException {
    Map<PrivacyEvent, Long> counts = new LinkedHashMap<>();
    for (LedgerEntry entry : charged) {
      PrivacyEvent event = entry.event();
      boolean repeated = event instanceof Repeated;
      PrivacyEvent once = repeated ? ((Repeated) event).event() : event;
      counts.merge(once, repeated ? ((Repeated) event).count() : 1, Long::sum);
    }
    List<PrivacyEvent> merged = new ArrayList<>();
    counts.forEach((event, count) -> merged.add(event.times(count)));
    double epsilon =
        merged.isEmpty()
            ? 0
            : PrivacyAccountant.pld().epsilon(new Composed(merged), adjacency, delta);
    return new RunGuarantee(epsilon, delta, adjacency, chargedSteps, secretNoise);
  }

  /** One sentence for a reader. */
  public String text() {
    String claim =
        String.format(
            Locale.ROOT,
            "(%.4g, %.3g)-differentially private under %s",
            roundedUp(epsilon),
            delta,
            adjacency.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    return secretNoise ? claim : "NOT PRIVATE: test seed (with secret noise: " + claim + ")";
  }

  /** To four digits, never downwards. */
  static double roundedUp(double value) {
    return new BigDecimal(value).round(new MathContext(4, RoundingMode.CEILING)).doubleValue();
  }
}
