package io.silenda.infer.packing;

import java.util.Arrays;

/**
 * Which element of a tensor each slot of a lane holds, written out.
 *
 * <p>A tensor inside the network repeats its layout's block. The client may instead pack each copy
 * of its row rotated a little further ({@code shift} positions a copy): each copy then serves other
 * diagonals, and the server needs that many fewer rotations.
 */
final class SlotContent {
  private final int[] elements;
  private final int[][] slotsOfElement;

  private SlotContent(int[] elements, int tensorSize) {
    this.elements = elements;
    this.slotsOfElement = invert(elements, tensorSize);
  }

  /** The layout's block, repeated through the first {@code length} slots. */
  static SlotContent repeated(TensorLayout layout, int length) {
    return shifted(layout, length, length, 0);
  }

  /** Blocks of {@code blockSize} slots, block {@code c} holding the tensor rotated by c·shift. */
  static SlotContent shifted(TensorLayout layout, int length, int blockSize, int shift) {
    int[] block = layout.elementAtPosition();
    int[] elements = new int[length];
    for (int slot = 0; slot < length; slot++) {
      long position = (long) slot + (long) shift * (slot / blockSize);
      elements[slot] = block[(int) (position % layout.period())];
    }
    return new SlotContent(elements, layout.size());
  }

  int length() {
    return elements.length;
  }

  /** How often an element stands in the content on average, per slot. */
  double density() {
    long held = Arrays.stream(elements).filter(e -> e != TensorLayout.EMPTY).count();
    return (double) held / ((double) elements.length * slotsOfElement.length);
  }

  /** The slots that hold an element. */
  int[] slotsOf(int element) {
    return slotsOfElement[element];
  }

  /** The element in each slot of a lane; a shorter content repeats. */
  int[] elements(int laneSlots) {
    int[] lane = new int[laneSlots];
    Arrays.setAll(lane, slot -> elements[slot % elements.length]);
    return lane;
  }

  private static int[][] invert(int[] elements, int tensorSize) {
    int[] counts = new int[tensorSize];
    for (int element : elements) {
      if (element != TensorLayout.EMPTY) {
        counts[element]++;
      }
    }
    int[][] slots = new int[tensorSize][];
    Arrays.setAll(slots, e -> new int[counts[e]]);
    for (int slot = elements.length - 1; slot >= 0; slot--) {
      if (elements[slot] != TensorLayout.EMPTY) {
        slots[elements[slot]][--counts[elements[slot]]] = slot;
      }
    }
    return slots;
  }
}
