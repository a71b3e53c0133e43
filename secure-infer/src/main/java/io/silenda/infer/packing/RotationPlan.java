package io.silenda.infer.packing;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;

/**
 * How one linear layer between given layouts is computed: for each operand, which rotations and how
 * it is packed; and which rotate-and-add folds follow.
 *
 * @param length slots after which all diagonals repeat
 * @param operands one plan an operand
 * @param outBlocks ciphertexts of the result
 * @param folds rotate-and-add steps after the sum, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // Never handed out of the package, never changed.
record RotationPlan(int length, List<OperandPlan> operands, int outBlocks, int[] folds) {
  /**
   * One operand's part.
   *
   * @param contents the slots of each of its ciphertexts
   * @param rotations the rotations that diagonals use, over all pairs of ciphertexts
   * @param split their baby-step giant-step split
   * @param inputs ciphertexts that meet a weight
   * @param pairs pairs of ciphertexts with a weight between them
   * @param diagonals diagonals of all pairs
   */
  record OperandPlan(
      List<SlotContent> contents,
      SortedSet<Integer> rotations,
      RotationSplit split,
      int inputs,
      int pairs,
      int diagonals) {}

  /** The price of everything. */
  double cost(StepCosts costs) {
    double cost = 0;
    for (OperandPlan operand : operands) {
      cost += operand.split().cost(costs.rotations(operand.inputs(), operand.pairs()));
      cost += operand.diagonals() * costs.diagonal();
    }
    for (int fold : folds) {
      cost += costs.fold(fold, outBlocks);
    }
    return cost;
  }

  /** Adds the steps of this plan, in slots. */
  void addSteps(Set<Integer> steps, int batch) {
    for (OperandPlan operand : operands) {
      operand.split().babies().forEach(step -> steps.add(step * batch));
      operand.split().giants().forEach(step -> steps.add(step * batch));
    }
    for (int fold : folds) {
      steps.add(fold * batch);
    }
  }
}
