package io.silenda.bench.measure;

/**
 * How long to measure. An operation has its turn in blocks; between two of them others have theirs.
 *
 * @param nanosPerComparison time for one comparison, exceeded only where the fewest blocks take
 *     longer
 * @param fewestBlocks blocks even of slow operations, of one round each
 * @param mostBlocks blocks of fast ones
 * @param mostRoundsPerBlock rounds of fast ones in a block
 * @param nanosPerSample operations faster than this are repeated within a sample
 */
public record Effort(
    long nanosPerComparison,
    int fewestBlocks,
    int mostBlocks,
    int mostRoundsPerBlock,
    long nanosPerSample) {

  /** All operations in about a minute. */
  public static Effort quick() {
    return new Effort(600_000_000L, 9, 27, 3, 1_000_000L);
  }

  /** Some minutes. */
  public static Effort thorough() {
    return new Effort(6_000_000_000L, 9, 45, 3, 4_000_000L);
  }

  /** How many blocks an operation has whose rounds take that long. */
  int blocks(long nanosPerRound) {
    return (int) Math.max(fewestBlocks, Math.min(mostBlocks, affordable(nanosPerRound)));
  }

  /** How many rounds each of them has. */
  int roundsPerBlock(long nanosPerRound) {
    return (int) Math.max(1, Math.min(mostRoundsPerBlock, affordable(nanosPerRound) / mostBlocks));
  }

  private long affordable(long nanosPerRound) {
    return nanosPerComparison / Math.max(nanosPerRound, 1);
  }
}
