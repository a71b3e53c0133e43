package io.silenda.infer.packing;

import java.util.SortedSet;

/**
 * How one linear map between two layouts is computed: which rotations, how the input is packed, and
 * which rotate-and-add folds follow.
 *
 * @param content the input's slots over one repetition of the diagonals
 * @param rotations the rotations that diagonals use
 * @param split their baby-step giant-step split
 * @param folds rotate-and-add steps after the sum, ascending
 */
record RotationPlan(
    SlotContent content, SortedSet<Integer> rotations, RotationSplit split, int[] folds) {

  /** Rotations to be computed, folds included. */
  double cost(StepCosts costs) {
    double cost = split.cost(costs::rotation) + rotations.size() * costs.diagonal();
    for (int fold : folds) {
      cost += costs.fold(fold);
    }
    return cost;
  }
}
