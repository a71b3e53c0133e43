package io.silenda.dp.mechanism;

import java.util.Arrays;

/**
 * Poisson sampling: each record is in the sample with exactly the given probability, independently.
 *
 * <p>A record is in if a uniform number is below the rate. 64 numbers are compared at once, bit by
 * bit, and no further than the first bit that decides: about one random byte a record.
 *
 * <p>Immutable and thread-safe; sources are not.
 */
public final class PoissonSampler {
  private final boolean all;
  private final boolean[] bits;

  /**
   * @param rate from 1e-9 to 1
   */
  public PoissonSampler(double rate) {
    if (!(rate >= 1e-9 && rate <= 1)) {
      throw new IllegalArgumentException("rate " + rate + " is not from 1e-9 to 1");
    }
    all = rate == 1;
    bits = all ? new boolean[0] : binaryDigits(rate);
  }

  private static boolean[] binaryDigits(double rate) {
    boolean[] digits = new boolean[128];
    int length = 0;
    for (double rest = rate; rest > 0; length++) {
      // Doubling and taking one away are exact.
      rest *= 2;
      digits[length] = rest >= 1;
      rest -= digits[length] ? 1 : 0;
    }
    return Arrays.copyOf(digits, length);
  }

  /** Indices from 0 to {@code records} - 1 that are in the sample, ascending. */
  public int[] sample(int records, NoiseSource source) {
    int[] indices = new int[Math.min(records, 64)];
    int count = 0;
    for (int first = 0; first < records; first += 64) {
      long inside = records - first < 64 ? (1L << (records - first)) - 1 : -1;
      long accepted = all ? inside : coins(inside, source);
      while (accepted != 0) {
        if (count == indices.length) {
          indices = Arrays.copyOf(indices, (int) Math.min(records, 2L * count));
        }
        indices[count++] = first + Long.numberOfTrailingZeros(accepted);
        accepted &= accepted - 1;
      }
    }
    return Arrays.copyOf(indices, count);
  }

  /** One coin for each bit of {@code wanted}. */
  private long coins(long wanted, NoiseSource source) {
    long undecided = wanted;
    long accepted = 0;
    for (int i = 0; i < bits.length && undecided != 0; i++) {
      long word = source.nextLong();
      if (bits[i]) {
        accepted |= undecided & ~word;
        undecided &= word;
      } else {
        undecided &= ~word;
      }
    }
    return accepted;
  }
}
