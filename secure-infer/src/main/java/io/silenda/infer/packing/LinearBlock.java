package io.silenda.infer.packing;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one ciphertext of one operand adds to one ciphertext of a linear layer's result.
 *
 * @param operand which of the layer's operands, from 0
 * @param inBlock which ciphertext of the operand
 * @param outBlock which ciphertext of the result
 * @param diagonals the non-zero diagonals, rotations in slots
 */
public record LinearBlock(int operand, int inBlock, int outBlock, List<Diagonal> diagonals) {
  /** Copies the list and checks that there are diagonals. */
  public LinearBlock {
    diagonals = List.copyOf(diagonals);
    if (operand < 0 || inBlock < 0 || outBlock < 0 || diagonals.isEmpty()) {
      throw new IllegalArgumentException(
          "block (%d, %d, %d) with %d diagonals"
              .formatted(operand, inBlock, outBlock, diagonals.size()));
    }
  }

  /** The distinct baby steps, without 0. */
  public SortedSet<Integer> babySteps() {
    SortedSet<Integer> steps = new TreeSet<>();
    diagonals.forEach(diagonal -> steps.add(diagonal.baby()));
    steps.remove(0);
    return steps;
  }

  /** The distinct giant steps, without 0. */
  public SortedSet<Integer> giantSteps() {
    SortedSet<Integer> steps = new TreeSet<>();
    diagonals.forEach(diagonal -> steps.add(diagonal.giant()));
    steps.remove(0);
    return steps;
  }

  /** How many rotations its sum takes. */
  public int rotationCount() {
    return babySteps().size() + giantSteps().size();
  }

  /** Adds its part to clear slots. */
  void addTo(double[] sum, double[] in) {
    for (Diagonal diagonal : diagonals) {
      Slots.multiplyAdd(sum, diagonal.slots(sum.length), in, diagonal.giant() + diagonal.baby());
    }
  }
}
