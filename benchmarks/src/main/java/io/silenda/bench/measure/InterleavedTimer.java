package io.silenda.bench.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * Measures two implementations of one operation in turns, block by block. Whoever measures several
 * operations gives each a block and begins again, so that what disturbs the machine for a moment is
 * in one block of many operations, and not in all blocks of one. Blocks take turns on copies of the
 * operands, as speed depends on where memory happens to lie. Not safe for use by several threads.
 */
public final class InterleavedTimer {
  private static final int MOST_REPETITIONS = 10_000;

  /** What takes longer finds its way without being led: a block of it begins with the clock on. */
  private static final long WARMED_UP_NANOS = 10_000_000;

  /**
   * Both implementations, on the same operands.
   *
   * @param baseline the reference's
   * @param own ours
   */
  public record Pair(Timed baseline, Timed own) {}

  private final Effort effort;
  private final List<Pair> copies;
  private final List<Double> baselineSamples = new ArrayList<>();
  private final List<Double> ownSamples = new ArrayList<>();
  private final List<Integer> blockRounds = new ArrayList<>();
  private int baselineRepetitions;
  private int ownRepetitions;
  private int blocks;
  private int roundsPerBlock;

  /**
   * A timer.
   *
   * @param copies the same operation on operands that lie elsewhere
   * @throws IllegalArgumentException if there is none
   */
  public InterleavedTimer(Effort effort, List<Pair> copies) {
    if (copies.isEmpty()) {
      throw new IllegalArgumentException("copies is empty");
    }
    this.effort = effort;
    this.copies = List.copyOf(copies);
  }

  /**
   * Measures a block, unless the operation is one of the slower ones, which are measured in some
   * passes only.
   *
   * @param pass 0 to the effort's most blocks, in order
   */
  public void pass(int pass) {
    Pair pair = copies.get(blockRounds.size() % copies.size());
    if (blocks == 0) {
      plan(pair);
    }
    // As many passes as there are blocks have such a remainder, evenly spread, the first included.
    if (pass * blocks % effort.mostBlocks() < blocks) {
      block(pair);
    }
  }

  /**
   * All blocks so far.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Comparison comparison() {
    return new Comparison(new Samples(baselineSamples), new Samples(ownSamples), blockRounds);
  }

  /** Runs both for the first time, and sees how long they take. */
  private void plan(Pair pair) {
    long baselineNanos = pair.baseline.nanos(1);
    long ownNanos = Math.min(pair.own.nanos(1), pair.own.nanos(1));
    baselineRepetitions = repetitions(baselineNanos);
    ownRepetitions = repetitions(ownNanos);
    long nanosPerRound =
        baselineNanos * baselineRepetitions + Math.max(ownNanos, 1) * ownRepetitions;
    blocks = effort.blocks(nanosPerRound);
    roundsPerBlock = effort.roundsPerBlock(nanosPerRound);
  }

  private void block(Pair pair) {
    if (!ownSamples.isEmpty() && ownSamples.get(0) < WARMED_UP_NANOS) {
      // Brings back into the caches what other operations have driven out of them.
      pair.baseline.nanos(1);
      pair.own.nanos(1);
    }
    for (int round = 0; round < roundsPerBlock; round++) {
      round(pair);
    }
    blockRounds.add(roundsPerBlock);
  }

  /** Which of them is first changes from round to round. */
  private void round(Pair pair) {
    if (ownSamples.size() % 2 == 0) {
      baselineSamples.add(sample(pair.baseline, baselineRepetitions));
      ownSamples.add(sample(pair.own, ownRepetitions));
    } else {
      ownSamples.add(sample(pair.own, ownRepetitions));
      baselineSamples.add(sample(pair.baseline, baselineRepetitions));
    }
  }

  private int repetitions(long nanos) {
    long wanted = effort.nanosPerSample() / Math.max(nanos, 1) + 1;
    return (int) Math.min(wanted, MOST_REPETITIONS);
  }

  private static double sample(Timed timed, int repetitions) {
    return (double) timed.nanos(repetitions) / repetitions;
  }
}
