package io.silenda.infer.packing;

import java.util.Arrays;

/**
 * Which element of a tensor each slot of one ciphertext's lane holds, written out.
 *
 * <p>A tensor inside the network repeats its layout's block. The client may instead pack each copy
 * of its row rotated a little further ({@code shift} positions a copy): each copy then serves other
 * diagonals, and the server needs that many fewer rotations.
 */
final class SlotContent {
  private static final int[] NOWHERE = {};

  private final int[] elements;
  private final int[][] slotsOfElement;
  private final int held;

  private SlotContent(int[] elements, int tensorSize) {
    this.elements = elements;
    this.slotsOfElement = new int[tensorSize][];
    this.held = invert();
  }

  /** One block of the layout, repeated through the first {@code length} slots. */
  static SlotContent repeated(TensorLayout layout, int block, int length) {
    return shifted(layout, block, length, length, 0);
  }

  /** Copies of {@code blockSize} slots, copy {@code c} holding the tensor rotated by c·shift. */
  static SlotContent shifted(TensorLayout layout, int block, int length, int blockSize, int shift) {
    int[] held = layout.elementAtPosition(block);
    int[] elements = new int[length];
    for (int slot = 0; slot < length; slot++) {
      long position = (long) slot + (long) shift * (slot / blockSize);
      elements[slot] = held[(int) (position % layout.period())];
    }
    return new SlotContent(elements, layout.size());
  }

  int length() {
    return elements.length;
  }

  /** Slots of one repetition that hold an element. */
  int heldSlots() {
    return held;
  }

  /** Elements of the whole tensor. */
  int tensorSize() {
    return slotsOfElement.length;
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

  private int invert() {
    int[] counts = new int[slotsOfElement.length];
    int total = 0;
    for (int element : elements) {
      if (element != TensorLayout.EMPTY) {
        counts[element]++;
        total++;
      }
    }
    Arrays.setAll(slotsOfElement, e -> counts[e] == 0 ? NOWHERE : new int[counts[e]]);
    for (int slot = elements.length - 1; slot >= 0; slot--) {
      if (elements[slot] != TensorLayout.EMPTY) {
        slotsOfElement[elements[slot]][--counts[elements[slot]]] = slot;
      }
    }
    return total;
  }
}
