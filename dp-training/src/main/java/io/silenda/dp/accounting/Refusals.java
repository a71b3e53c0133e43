package io.silenda.dp.accounting;

import io.silenda.dp.accounting.AccountingException.Reason;
import java.util.Locale;

/** Refusals that both accountants share. */
final class Refusals {
  private Refusals() {}

  static AccountingException adjacency(PrivacyEvent event, Adjacency adjacency) {
    return new AccountingException(
        Reason.ADJACENCY_NOT_SUPPORTED,
        name(event) + " has no bound under adjacency " + adjacency.name().toLowerCase(Locale.ROOT));
  }

  static AccountingException event(PrivacyEvent event, String accountant, String hint) {
    return new AccountingException(
        Reason.EVENT_NOT_SUPPORTED,
        "the " + accountant + " accountant has no bound for " + name(event) + ": " + hint);
  }

  static AccountingException infinite(double delta) {
    return new AccountingException(
        Reason.NO_FINITE_EPSILON, "no finite epsilon is known to hold at delta " + delta);
  }

  private static String name(PrivacyEvent event) {
    return event.getClass().getSimpleName();
  }
}
