package io.silenda.attest.channel;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * How long one piece of evidence may carry a session; whichever side allows less decides.
 *
 * @param maxAge from the challenge on, whole seconds, up to a day
 * @param maxRequests at least 1
 */
public record SessionLimits(Duration maxAge, long maxRequests) {
  private static final Duration LONGEST = Duration.ofDays(1);

  /** One hour, a hundred thousand requests. */
  public static final SessionLimits DEFAULT = new SessionLimits(Duration.ofHours(1), 100_000);

  /** Checks the arguments. */
  public SessionLimits {
    boolean whole = maxAge.equals(maxAge.truncatedTo(ChronoUnit.SECONDS));
    if (maxAge.toSeconds() < 1 || !whole || maxAge.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "maxAge: " + maxAge + ", must be whole seconds from 1 to " + LONGEST.toSeconds());
    }
    if (maxRequests < 1) {
      throw new IllegalArgumentException("maxRequests: " + maxRequests + ", must be at least 1");
    }
  }

  /** What both sides allow. */
  SessionLimits and(SessionLimits other) {
    return new SessionLimits(
        maxAge.compareTo(other.maxAge) < 0 ? maxAge : other.maxAge,
        Math.min(maxRequests, other.maxRequests));
  }
}
