package io.silenda.infer.packing;

import java.util.Arrays;

/**
 * Where the elements of one tensor lie: element {@code e} stands in ciphertext {@code positions[e]
 * / period}, at position {@code positions[e] % period} of a block of {@code period} slots that
 * repeats through the lane. Positions that hold no element hold zero.
 *
 * @param period length of the repeating block, a power of two
 * @param blocks ciphertexts that the tensor takes
 * @param positions position of each element within all blocks laid end to end
 */
public record TensorLayout(int period, int blocks, int[] positions) {

  /** Marks a position that holds no element. */
  public static final int EMPTY = -1;

  /** Checks that positions are distinct and inside the blocks. */
  public TensorLayout {
    if (period < 1 || Integer.bitCount(period) != 1) {
      throw new IllegalArgumentException("period " + period + " is not a power of two");
    }
    positions = positions.clone();
    boolean[] taken = new boolean[Math.multiplyExact(period, blocks)];
    for (int position : positions) {
      if (position < 0 || position >= taken.length || taken[position]) {
        throw new IllegalArgumentException("position " + position + " outside or used twice");
      }
      taken[position] = true;
    }
  }

  /** Positions in as few slots as hold them, in blocks no longer than a lane. */
  static TensorLayout of(int[] positions, int length, int laneSlots) {
    int period = Math.min(laneSlots, powerOfTwoAtLeast(length));
    return new TensorLayout(period, (length - 1) / period + 1, positions);
  }

  /** Elements in order from position zero, in as many ciphertexts as it takes. */
  public static TensorLayout compact(int size, int laneSlots) {
    return of(consecutive(size, 0), size, laneSlots);
  }

  /** Elements in order from a position on, once in a lane: every other slot is zero. */
  static TensorLayout single(int size, int start, int laneSlots) {
    return new TensorLayout(laneSlots, 1, consecutive(size, start));
  }

  @Override
  public int[] positions() {
    return positions.clone();
  }

  /** Position of one element within its block. */
  public int position(int element) {
    return positions[element] & (period - 1);
  }

  /** The ciphertext that holds one element. */
  public int block(int element) {
    return positions[element] / period;
  }

  /** Number of elements. */
  public int size() {
    return positions.length;
  }

  /** The element at each position of one block, or {@link #EMPTY}. */
  int[] elementAtPosition(int block) {
    int[] elements = new int[period];
    Arrays.fill(elements, EMPTY);
    for (int element = 0; element < positions.length; element++) {
      if (block(element) == block) {
        elements[position(element)] = element;
      }
    }
    return elements;
  }

  static int powerOfTwoAtLeast(int size) {
    return size <= 1 ? 1 : Integer.highestOneBit(size - 1) << 1;
  }

  static int[] consecutive(int size, int start) {
    int[] positions = new int[size];
    Arrays.setAll(positions, i -> start + i);
    return positions;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TensorLayout that
        && period == that.period
        && blocks == that.blocks
        && Arrays.equals(positions, that.positions);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * period + blocks) + Arrays.hashCode(positions);
  }

  @Override
  public String toString() {
    return positions.length + " elements in " + blocks + " x period " + period;
  }
}
