package io.silenda.infer.packing;

import io.silenda.infer.packing.RotationPlan.OperandPlan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds the cheapest {@link RotationPlan} for a linear layer between given layouts.
 *
 * <p>With input block length P and output block length M ≤ P, the partial sums that rotations
 * modulo M leave M slots apart are folded together (the hybrid method of Juvekar et al., USENIX
 * Security 2018, for any sparse matrix). Where the client packs shifted copies, the rotations are
 * dealt out among the copies.
 */
final class RotationPlanner {
  /** How many candidate shifts get a full split search. */
  private static final int SHIFT_FINALISTS = 6;

  /** Up to how many rotations a single-layer network rotates after its products. */
  private static final int MAX_GIANTS_ONLY = 64;

  private final int laneSlots;
  private final StepCosts costs;

  RotationPlanner(int laneSlots, StepCosts costs) {
    this.laneSlots = laneSlots;
    this.costs = costs;
  }

  /** Plans a layer of tensors inside the network, or of an input that is packed once only. */
  RotationPlan plan(List<SparseMatrix> matrices, List<TensorLayout> ins, TensorLayout out) {
    int length = out.period();
    for (TensorLayout in : ins) {
      length = Math.max(length, in.period());
    }
    List<OperandPlan> operands = new ArrayList<>();
    for (int k = 0; k < ins.size(); k++) {
      NeededRotations needed = new NeededRotations(matrices.get(k), ins.get(k), out);
      operands.add(unshifted(needed, ins.get(k), length));
    }
    return new RotationPlan(length, operands, out.blocks(), folds(out.period(), length));
  }

  /** Plans a layer whose only operand comes from the client, which may shift its copies. */
  RotationPlan planClientPacked(SparseMatrix matrix, TensorLayout in, TensorLayout out) {
    NeededRotations needed = new NeededRotations(matrix, in, out);
    SortedSet<Integer> rotations = needed.signed();
    int blockSize = Math.max(in.period(), out.period());
    if (costs.dataPrimes() == 1 && rotations.size() <= MAX_GIANTS_ONLY) {
      // A single small layer: a few more rotations buy two decimals.
      SlotContent content = SlotContent.repeated(in, 0, blockSize);
      RotationSplit split = RotationSplit.giantsOnly(rotations);
      return single(content, rotations, split, out.period());
    }
    RotationPlan unshifted = plan(List.of(matrix), List.of(in), out);
    int copies = laneSlots / blockSize;
    if (copies == 1 || out.blocks() > 1) {
      return unshifted;
    }
    RotationPlan shifted = shifted(rotations, in, out, blockSize, copies);
    return shifted.cost(costs) < unshifted.cost(costs) ? shifted : unshifted;
  }

  private OperandPlan unshifted(NeededRotations needed, TensorLayout in, int length) {
    List<SlotContent> contents = new ArrayList<>();
    for (int block = 0; block < in.blocks(); block++) {
      contents.add(SlotContent.repeated(in, block, length));
    }
    SortedSet<Integer> rotations = needed.signed();
    int inputs = needed.inputs();
    int pairs = needed.pairs();
    return new OperandPlan(
        contents,
        rotations,
        RotationSplit.cheapest(rotations, costs.rotations(inputs, pairs)),
        inputs,
        pairs,
        needed.diagonals());
  }

  private static RotationPlan single(
      SlotContent content, SortedSet<Integer> rotations, RotationSplit split, int outPeriod) {
    OperandPlan operand =
        new OperandPlan(List.of(content), rotations, split, 1, 1, rotations.size());
    return new RotationPlan(
        content.length(), List.of(operand), 1, folds(outPeriod, content.length()));
  }

  private RotationPlan shifted(
      SortedSet<Integer> needed, TensorLayout in, TensorLayout out, int blockSize, int copies) {
    List<RotationPlan> finalists = new ArrayList<>();
    for (int shift : promisingShifts(needed, copies)) {
      SortedSet<Integer> rotations = dealtOut(needed, shift, copies);
      finalists.add(
          single(
              SlotContent.shifted(in, 0, laneSlots, blockSize, shift),
              rotations,
              RotationSplit.cheapest(rotations, costs.rotations(1, 1)),
              out.period()));
    }
    return finalists.stream().min(Comparator.comparingDouble(p -> p.cost(costs))).orElseThrow();
  }

  /** The shifts that leave the fewest diagonals. */
  private static List<Integer> promisingShifts(SortedSet<Integer> needed, int copies) {
    int span = needed.last() - needed.first() + 1;
    int[] rotations = needed.stream().mapToInt(Integer::intValue).toArray();
    List<int[]> shiftAndCount = new ArrayList<>();
    for (int shift = Math.max(1, span / (2 * copies)); shift <= span; shift++) {
      shiftAndCount.add(new int[] {shift, restCount(rotations, shift, copies)});
    }
    return shiftAndCount.stream()
        .sorted(Comparator.comparingInt((int[] pair) -> pair[1]).thenComparingInt(pair -> pair[0]))
        .limit(SHIFT_FINALISTS)
        .map(pair -> pair[0])
        .toList();
  }

  /** How many {@link #dealtOut} leaves, without building them. */
  private static int restCount(int[] rotations, int shift, int copies) {
    int first = rotations[0];
    BitSet seen = new BitSet();
    for (int rotation : rotations) {
      seen.set(rotation - first - Math.min(copies - 1, (rotation - first) / shift) * shift);
    }
    return seen.cardinality();
  }

  /** What is left of each rotation once the copy that serves it has done its shift. */
  private static SortedSet<Integer> dealtOut(SortedSet<Integer> needed, int shift, int copies) {
    int first = needed.first();
    SortedSet<Integer> rest = new TreeSet<>();
    for (int rotation : needed) {
      int copy = Math.min(copies - 1, (rotation - first) / shift);
      rest.add(rotation - copy * shift);
    }
    return rest;
  }

  private static int[] folds(int outPeriod, int length) {
    List<Integer> folds = new ArrayList<>();
    for (int step = outPeriod; step < length; step *= 2) {
      folds.add(step);
    }
    return folds.stream().mapToInt(Integer::intValue).toArray();
  }
}
