package io.silenda.infer.packing;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;

/**
 * A baby-step giant-step split: each rotation is written as giant + baby, so that {@code |babies| +
 * |giants|} rotations stand for up to {@code |babies| · |giants|} (Halevi and Shoup, CRYPTO 2014).
 *
 * @param stride the distance between giant steps
 * @param offset what is added to a rotation before it is divided by the stride
 * @param babies the baby steps in use, zero included where used
 * @param giants the giant steps in use, zero included where used
 */
record RotationSplit(int stride, int offset, SortedSet<Integer> babies, SortedSet<Integer> giants) {

  /** The baby step of a rotation. */
  int baby(int rotation) {
    return Math.floorMod(rotation + offset, stride) - offset;
  }

  /** The giant step of a rotation: a multiple of the stride. */
  int giant(int rotation) {
    return rotation - baby(rotation);
  }

  /** Every rotation a giant step of its own: key-switching noise then meets the product's scale. */
  static RotationSplit giantsOnly(SortedSet<Integer> rotations) {
    return of(rotations, 1, 0);
  }

  /** The cheapest split of a set of rotations, where {@code stepCost} prices one rotation step. */
  static RotationSplit cheapest(SortedSet<Integer> rotations, IntToDoubleFunction stepCost) {
    int first = rotations.first();
    int span = rotations.last() - first + 1;
    RotationSplit best = of(rotations, 1, 0);
    double bestCost = best.cost(stepCost);
    for (int stride = 2; stride <= span; stride++) {
      // Splits that start at zero, and at the first rotation of the set (as convolutions want it).
      int[] offsets = {0, Math.floorMod(-first, stride)};
      for (int offset : offsets) {
        RotationSplit split = of(rotations, stride, offset);
        double cost = split.cost(stepCost);
        if (cost < bestCost) {
          best = split;
          bestCost = cost;
        }
      }
    }
    return best;
  }

  private static RotationSplit of(Collection<Integer> rotations, int stride, int offset) {
    RotationSplit split = new RotationSplit(stride, offset, new TreeSet<>(), new TreeSet<>());
    for (int rotation : rotations) {
      split.babies.add(split.baby(rotation));
      split.giants.add(split.giant(rotation));
    }
    return split;
  }

  /** The summed price of all steps; a step of zero is free. */
  double cost(IntToDoubleFunction stepCost) {
    double cost = 0;
    for (int step : babies) {
      cost += step == 0 ? 0 : stepCost.applyAsDouble(step);
    }
    for (int step : giants) {
      cost += step == 0 ? 0 : stepCost.applyAsDouble(step);
    }
    return cost;
  }
}
