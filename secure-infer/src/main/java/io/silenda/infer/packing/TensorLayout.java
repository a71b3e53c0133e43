package io.silenda.infer.packing;

import java.util.Arrays;

/**
 * Where the elements of one tensor lie in a lane of slots: element {@code e} stands at position
 * {@code positions[e]} of a block of {@code period} slots, and the block repeats through the lane.
 * Positions that hold no element hold zero.
 *
 * @param period length of the repeating block, a power of two
 * @param positions position of each element within the block
 */
public record TensorLayout(int period, int[] positions) {

  /** Marks a position that holds no element. */
  public static final int EMPTY = -1;

  /** Checks that positions are distinct and inside the block. */
  public TensorLayout {
    if (period < 1 || Integer.bitCount(period) != 1) {
      throw new IllegalArgumentException("period " + period + " is not a power of two");
    }
    positions = positions.clone();
    boolean[] taken = new boolean[period];
    for (int position : positions) {
      if (position < 0 || position >= period || taken[position]) {
        throw new IllegalArgumentException("position " + position + " outside or used twice");
      }
      taken[position] = true;
    }
  }

  /** Elements in order from position zero, in the smallest power of two that holds them. */
  public static TensorLayout compact(int size) {
    return new TensorLayout(powerOfTwoAtLeast(size), identity(size));
  }

  /** The same positions in a longer block, so that they repeat less often. */
  public TensorLayout withPeriod(int longerPeriod) {
    return new TensorLayout(longerPeriod, positions);
  }

  @Override
  public int[] positions() {
    return positions.clone();
  }

  /** Position of one element within the block. */
  public int position(int element) {
    return positions[element];
  }

  /** Number of elements. */
  public int size() {
    return positions.length;
  }

  /** The element at each position of the block, or {@link #EMPTY}. */
  int[] elementAtPosition() {
    int[] elements = new int[period];
    Arrays.fill(elements, EMPTY);
    for (int element = 0; element < positions.length; element++) {
      elements[positions[element]] = element;
    }
    return elements;
  }

  static int powerOfTwoAtLeast(int size) {
    return size <= 1 ? 1 : Integer.highestOneBit(size - 1) << 1;
  }

  private static int[] identity(int size) {
    int[] identity = new int[size];
    Arrays.setAll(identity, i -> i);
    return identity;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TensorLayout that
        && period == that.period
        && Arrays.equals(positions, that.positions);
  }

  @Override
  public int hashCode() {
    return 31 * period + Arrays.hashCode(positions);
  }

  @Override
  public String toString() {
    return positions.length + " elements in period " + period;
  }
}
