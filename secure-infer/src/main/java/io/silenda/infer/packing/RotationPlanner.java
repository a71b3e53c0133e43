package io.silenda.infer.packing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds the cheapest {@link RotationPlan} for a linear map between two given layouts.
 *
 * <p>With input block length P and output block length M ≤ P, the entry from element e to output o
 * needs a rotation congruent to position(e) − position(o) modulo M; the partial sums that this
 * leaves M slots apart are folded together (the hybrid method of Juvekar et al., USENIX Security
 * 2018, for any sparse matrix). Where the client packs shifted copies, the rotations are dealt out
 * among the copies.
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

  /**
   * Plans one map.
   *
   * @param clientPacked whether the input comes straight from the client, which may shift its
   *     copies
   */
  RotationPlan plan(SparseMatrix matrix, TensorLayout in, TensorLayout out, boolean clientPacked) {
    SortedSet<Integer> needed = neededRotations(matrix, in, out);
    int blockSize = Math.max(in.period(), out.period());
    int blocks = clientPacked ? laneSlots / blockSize : 1;
    if (clientPacked && costs.dataPrimes() == 1 && needed.size() <= MAX_GIANTS_ONLY) {
      // A single small layer: a few more rotations buy two decimals.
      return new RotationPlan(
          SlotContent.repeated(in, blockSize),
          needed,
          RotationSplit.giantsOnly(needed),
          folds(out.period(), blockSize));
    }
    RotationPlan single = unshifted(needed, in, out, blockSize);
    if (blocks == 1) {
      return single;
    }
    RotationPlan shifted = shifted(needed, in, out, blockSize, blocks);
    return shifted.cost(costs) < single.cost(costs) ? shifted : single;
  }

  private RotationPlan unshifted(
      SortedSet<Integer> needed, TensorLayout in, TensorLayout out, int blockSize) {
    return new RotationPlan(
        SlotContent.repeated(in, blockSize),
        needed,
        RotationSplit.cheapest(needed, costs::rotation),
        folds(out.period(), blockSize));
  }

  private RotationPlan shifted(
      SortedSet<Integer> needed, TensorLayout in, TensorLayout out, int blockSize, int blocks) {
    List<RotationPlan> finalists = new ArrayList<>();
    for (int shift : promisingShifts(needed, blocks)) {
      SortedSet<Integer> rotations = dealtOut(needed, shift, blocks);
      finalists.add(
          new RotationPlan(
              SlotContent.shifted(in, laneSlots, blockSize, shift),
              rotations,
              RotationSplit.cheapest(rotations, costs::rotation),
              folds(out.period(), laneSlots)));
    }
    return finalists.stream().min(Comparator.comparingDouble(p -> p.cost(costs))).orElseThrow();
  }

  /** The shifts that leave the fewest diagonals. */
  private static List<Integer> promisingShifts(SortedSet<Integer> needed, int blocks) {
    int span = needed.last() - needed.first() + 1;
    List<int[]> shiftAndCount = new ArrayList<>();
    for (int shift = Math.max(1, span / (2 * blocks)); shift <= span; shift++) {
      shiftAndCount.add(new int[] {shift, dealtOut(needed, shift, blocks).size()});
    }
    return shiftAndCount.stream()
        .sorted(Comparator.comparingInt((int[] pair) -> pair[1]).thenComparingInt(pair -> pair[0]))
        .limit(SHIFT_FINALISTS)
        .map(pair -> pair[0])
        .toList();
  }

  /** What is left of each rotation once the copy that serves it has done its shift. */
  private static SortedSet<Integer> dealtOut(SortedSet<Integer> needed, int shift, int blocks) {
    int first = needed.first();
    SortedSet<Integer> rest = new TreeSet<>();
    for (int rotation : needed) {
      int block = Math.min(blocks - 1, (rotation - first) / shift);
      rest.add(rotation - block * shift);
    }
    return rest;
  }

  private static SortedSet<Integer> neededRotations(
      SparseMatrix matrix, TensorLayout in, TensorLayout out) {
    int modulus = Math.min(in.period(), out.period());
    boolean[] needed = new boolean[modulus];
    matrix.forEach(
        (row, column, value) ->
            needed[Math.floorMod(in.position(column) - out.position(row), modulus)] = true);
    return signed(needed);
  }

  /** Residues as signed numbers in the window that follows their widest gap. */
  private static SortedSet<Integer> signed(boolean[] residues) {
    int modulus = residues.length;
    int start = afterWidestGap(residues);
    TreeSet<Integer> window = new TreeSet<>();
    int last = 0;
    for (int i = 0; i < modulus; i++) {
      if (residues[(start + i) % modulus]) {
        last = i;
      }
    }
    int base = start + last >= modulus ? start - modulus : start;
    for (int i = 0; i < modulus; i++) {
      if (residues[(start + i) % modulus]) {
        window.add(base + i);
      }
    }
    if (window.isEmpty()) {
      window.add(0); // A map of zeros: one diagonal, so that the caller can say so.
    }
    return window;
  }

  private static int afterWidestGap(boolean[] residues) {
    int modulus = residues.length;
    int bestStart = 0;
    int bestGap = 0;
    int gap = 0;
    for (int i = 0; i < 2 * modulus; i++) {
      if (!residues[i % modulus]) {
        gap++;
      } else {
        if (gap > bestGap && gap < modulus) {
          bestGap = gap;
          bestStart = i % modulus;
        }
        gap = 0;
      }
    }
    return bestStart;
  }

  private static int[] folds(int outPeriod, int length) {
    List<Integer> folds = new ArrayList<>();
    for (int step = outPeriod; step < length; step *= 2) {
      folds.add(step);
    }
    return folds.stream().mapToInt(Integer::intValue).toArray();
  }
}
