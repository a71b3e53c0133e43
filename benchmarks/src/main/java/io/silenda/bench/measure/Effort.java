package io.silenda.bench.measure;

/**
 * How long to measure.
 *
 * @param nanosPerComparison time for one comparison, exceeded only where the fewest rounds take
 *     longer
 * @param fewestRounds rounds even of slow operations
 * @param mostRounds rounds of fast ones
 * @param nanosPerSample operations faster than this are repeated within a sample
 */
public record Effort(
    long nanosPerComparison, int fewestRounds, int mostRounds, long nanosPerSample) {

  /** All operations in under a minute. */
  public static Effort quick() {
    return new Effort(600_000_000L, 9, 21, 1_000_000L);
  }

  /** Some minutes. */
  public static Effort thorough() {
    return new Effort(6_000_000_000L, 7, 101, 4_000_000L);
  }
}
