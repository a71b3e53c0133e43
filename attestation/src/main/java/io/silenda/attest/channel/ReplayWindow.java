package io.silenda.attest.channel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;

/**
 * Accepts each number once, and only in rising order; gaps are allowed, since a request may get
 * lost. Two longs of memory, whatever comes. Not thread-safe.
 */
final class ReplayWindow {
  private static final int WIDTH = Long.SIZE;

  private long highest;

  /** Bit i: whether {@code highest - i} was seen. */
  private long seen;

  /** Refuses a number that {@link #accept} would refuse. */
  void check(long counter) throws AttestationException {
    if (counter > highest) {
      return;
    }
    long behind = highest - counter;
    if (behind >= WIDTH || (seen >>> behind & 1) != 0) {
      throw new AttestationException(
          Reason.REPLAYED, "counter", "request " + counter + " again", "above " + highest);
    }
    throw new AttestationException(
        Reason.REORDERED, "counter", "request " + counter + " late", "above " + highest);
  }

  /** Takes a number, of a message that has been authenticated. */
  void accept(long counter) throws AttestationException {
    check(counter);
    long ahead = counter - highest;
    seen = (ahead >= WIDTH ? 0 : seen << ahead) | 1;
    highest = counter;
  }
}
