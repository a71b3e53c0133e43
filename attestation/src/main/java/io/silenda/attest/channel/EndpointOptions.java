package io.silenda.attest.channel;

import java.time.Duration;

/**
 * Bounds of a worker's endpoint.
 *
 * @param limits of each session
 * @param maxSessions remembered at once, a few hundred bytes each
 * @param keyLifetime how long new sessions get one HPKE key
 * @param keyGrace how long that key serves them after that; then it is wiped
 * @param maxContentBytes the most that a request may hold
 */
public record EndpointOptions(
    SessionLimits limits,
    int maxSessions,
    Duration keyLifetime,
    Duration keyGrace,
    long maxContentBytes) {
  /** The most content that a body can have. */
  public static final long MOST_CONTENT_BYTES = 1L << 40;

  /**
   * Default limits, 4096 sessions, keys for an hour and an hour more, requests of up to 256 MiB.
   */
  public static final EndpointOptions DEFAULT =
      new EndpointOptions(
          SessionLimits.DEFAULT, 4096, Duration.ofHours(1), Duration.ofHours(1), 256L << 20);

  /** Checks the arguments. */
  public EndpointOptions {
    if (maxSessions < 1) {
      throw new IllegalArgumentException("maxSessions: " + maxSessions + ", must be at least 1");
    }
    if (keyLifetime.isNegative() || keyLifetime.isZero() || keyGrace.isNegative()) {
      throw new IllegalArgumentException(
          "keyLifetime, keyGrace: " + keyLifetime + ", " + keyGrace + ", must not be negative");
    }
    if (maxContentBytes < 0 || maxContentBytes > MOST_CONTENT_BYTES) {
      throw new IllegalArgumentException(
          "maxContentBytes: " + maxContentBytes + ", must be 0 to " + MOST_CONTENT_BYTES);
    }
  }
}
