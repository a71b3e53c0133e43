package io.silenda.infer.cost;

import io.silenda.infer.packing.LinearBlock;
import io.silenda.infer.packing.PackedLinear;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Counts the work of a linear step. Blocks that read one ciphertext share its decomposition and
 * their common baby steps, as many of them as have room for their sums; folds of a group are one
 * decomposition.
 */
final class LinearWork {
  /** Words of sums that the evaluator keeps of transforms that share baby steps. */
  private static final long MOST_SUM_WORDS = 1L << 23;

  private final PackedLinear linear;
  private final int primes;
  private final int degree;
  private final boolean rescales;

  /** What the sum of a single block and the rescale are divided by is one division. */
  private final boolean isFused;

  /**
   * @param primes data primes where the step begins
   * @param degree ring degree
   */
  LinearWork(PackedLinear linear, int primes, int degree, boolean rescales) {
    this.linear = linear;
    this.primes = primes;
    this.degree = degree;
    this.rescales = rescales;
    this.isFused = linear.isSingleBlock() && rescales;
  }

  Work total() {
    Work work = folds();
    for (List<LinearBlock> blocks : blocksByInput()) {
      work = work.plus(ofInput(blocks));
    }
    return rescales && !isFused
        ? work.plus(Work.rescale(primes).times(linear.biases().size()))
        : work;
  }

  private Iterable<List<LinearBlock>> blocksByInput() {
    Map<List<Integer>, List<LinearBlock>> groups = new LinkedHashMap<>();
    for (LinearBlock block : linear.blocks()) {
      groups
          .computeIfAbsent(List.of(block.operand(), block.inBlock()), unused -> new ArrayList<>())
          .add(block);
    }
    return groups.values();
  }

  private Work ofInput(List<LinearBlock> blocks) {
    Work work = Work.NONE;
    List<LinearBlock> together = new ArrayList<>();
    long words = 0;
    for (LinearBlock block : blocks) {
      if (block.rotationCount() == 0) {
        work = work.plus(withoutRotations(block));
        continue;
      }
      long more = 2L * (groups(block) + 1) * (primes + 1) * degree;
      if (!together.isEmpty() && words + more > MOST_SUM_WORDS) {
        work = work.plus(together(together));
        together.clear();
        words = 0;
      }
      together.add(block);
      words += more;
    }
    return work.plus(together(together));
  }

  private static long groups(LinearBlock block) {
    return block.diagonals().stream().mapToInt(diagonal -> diagonal.giant()).distinct().count();
  }

  private Work withoutRotations(LinearBlock block) {
    Work products = new Work(0, 2.0 * primes * block.diagonals().size());
    return isFused ? products.plus(Work.rescale(primes)) : products;
  }

  /** Baby steps of all blocks from one decomposition; giant steps and divisions of each. */
  private Work together(List<LinearBlock> blocks) {
    Set<Integer> babies = new TreeSet<>();
    Work work = Work.NONE;
    for (LinearBlock block : blocks) {
      babies.addAll(block.babySteps());
      work = work.plus(diagonals(block)).plus(giants(block));
      Work end = isFused ? Work.divideAndRescale(primes) : Work.divide(primes);
      work = work.plus(end.times(2));
    }
    return babies.isEmpty()
        ? work
        : work.plus(Work.decompose(primes)).plus(Work.keyProducts(primes).times(babies.size()));
  }

  /** What is not rotated before it meets weights has no part modulo the special prime. */
  private Work diagonals(LinearBlock block) {
    long rotated = block.diagonals().stream().filter(diagonal -> diagonal.baby() != 0).count();
    return new Work(0, 2.0 * primes * block.diagonals().size() + 2.0 * rotated);
  }

  private Work giants(LinearBlock block) {
    return Work.divide(primes)
        .plus(Work.decompose(primes))
        .plus(Work.keyProducts(primes))
        .times(block.giantSteps().size());
  }

  private Work folds() {
    int left = rescales ? primes - 1 : primes;
    if (!linear.isSingleBlock()) {
      return Work.rotations(left, 1).times(linear.foldCount());
    }
    Work work = Work.NONE;
    for (int[] steps : linear.foldGroups()) {
      work = work.plus(Work.rotations(left, steps.length));
    }
    return work;
  }
}
