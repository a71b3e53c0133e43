package io.silenda.dp.engine;

import java.util.function.BiConsumer;

/**
 * Splits sampled records into parts of bounded size by halving the range of all indices: a part
 * depends on the records with indices in its own range. One record more changes one part, or makes
 * two of it.
 */
public final class Recursion {
  private static final int INDEX_BITS = 31;

  private Recursion() {}

  /**
   * Calls {@code part} with the bounds, in {@code records}, of each part that is not empty.
   *
   * @param records indices, strictly ascending
   * @param most largest size of a part, at least 1
   */
  public static void split(int[] records, int most, BiConsumer<Integer, Integer> part) {
    split(records, 0, records.length, 0L, INDEX_BITS, most, part);
  }

  private static void split(
      int[] records,
      int from,
      int to,
      long base,
      int bits,
      int most,
      BiConsumer<Integer, Integer> part) {
    if (from == to) {
      return;
    }
    if (to - from <= most) {
      part.accept(from, to);
      return;
    }
    long middle = base + (1L << (bits - 1));
    int cut = from;
    while (cut < to && records[cut] < middle) {
      cut++;
    }
    split(records, from, cut, base, bits - 1, most, part);
    split(records, cut, to, middle, bits - 1, most, part);
  }
}
