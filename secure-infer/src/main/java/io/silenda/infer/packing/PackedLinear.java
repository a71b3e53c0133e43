package io.silenda.infer.packing;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A linear layer in packed form: a sum over diagonals, folds, and a bias.
 *
 * @param name name of the layer
 * @param diagonals the non-zero diagonals, rotations in slots
 * @param folds rotate-and-add steps after the sum, in slots
 * @param bias one value for each slot of one repetition
 * @param inputUses how often, on average, one input element meets a weight (a zero one included) on
 *     its way into one output: the rounding errors of encoded weights add up over these
 */
public record PackedLinear(
    String name, List<Diagonal> diagonals, int[] folds, double[] bias, double inputUses)
    implements PackedStep {

  /** Copies the arrays. */
  public PackedLinear {
    diagonals = List.copyOf(diagonals);
    folds = folds.clone();
    bias = bias.clone();
  }

  @Override
  public int[] folds() {
    return folds.clone();
  }

  @Override
  public double[] bias() {
    return bias.clone();
  }

  @Override
  public int depth() {
    return 1;
  }

  /** Bias values for all slots of a ciphertext. */
  public double[] biasSlots(int slotCount) {
    return Slots.repeat(bias, slotCount);
  }

  /** The non-zero baby and giant steps. */
  public SortedSet<Integer> rotationSteps() {
    SortedSet<Integer> steps = new TreeSet<>();
    for (Diagonal diagonal : diagonals) {
      steps.add(diagonal.baby());
      steps.add(diagonal.giant());
    }
    steps.remove(0);
    return steps;
  }

  /** How many rotations the sum takes: distinct non-zero babies and distinct non-zero giants. */
  public int rotationCount() {
    long babies =
        diagonals.stream().mapToInt(Diagonal::baby).filter(s -> s != 0).distinct().count();
    long giants =
        diagonals.stream().mapToInt(Diagonal::giant).filter(s -> s != 0).distinct().count();
    return (int) (babies + giants);
  }

  /** Applies the step to a clear array of slots: the meaning of this record. */
  public double[] apply(double[] slots) {
    double[] sum = new double[slots.length];
    for (Diagonal diagonal : diagonals) {
      Slots.multiplyAdd(
          sum, diagonal.slots(slots.length), slots, diagonal.giant() + diagonal.baby());
    }
    for (int fold : folds) {
      double[] folded = sum.clone();
      for (int slot = 0; slot < folded.length; slot++) {
        folded[slot] += sum[Math.floorMod(slot + fold, sum.length)];
      }
      sum = folded;
    }
    double[] biasSlots = biasSlots(slots.length);
    for (int slot = 0; slot < sum.length; slot++) {
      sum[slot] += biasSlots[slot];
    }
    return sum;
  }
}
