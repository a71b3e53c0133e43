package io.silenda.dp.accounting;

import io.silenda.dp.accounting.AccountingException.Reason;

/** Arithmetic on numbers of compositions that cannot overflow unseen. */
final class Counts {
  private Counts() {}

  static long product(long a, long b) throws AccountingException {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    if (high != 0 || low < 0 || low > PrivacyEvent.LARGEST_COUNT) {
      throw new AccountingException(
          Reason.TOO_LARGE, a + " times " + b + " compositions are more than can be counted");
    }
    return low;
  }

  /**
   * Saturates: both terms are at most {@link PrivacyEvent#LARGEST_COUNT}, so that millions of them
   * fit.
   */
  static long sum(long a, long b) {
    return Math.addExact(a, b);
  }
}
