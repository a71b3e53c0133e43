package io.silenda.infer.packing;

import java.util.Arrays;
import java.util.List;

/**
 * Where each step of a program stands in the chain of primes: as late as its consumers allow, since
 * everything is cheaper with fewer primes. An operand that is ready earlier drops the primes
 * between.
 *
 * @param starts for each step, how many levels its operands have lost when it begins
 * @param depth levels that all steps before the last one take
 */
@SuppressWarnings("ArrayRecordComponent") // Copied on the way in and out.
public record LevelPlan(int[] starts, int depth) {
  /** Copies the array. */
  public LevelPlan {
    starts = starts.clone();
  }

  @Override
  public int[] starts() {
    return starts.clone();
  }

  /** Levels lost when step {@code index} begins. */
  public int start(int index) {
    return starts[index];
  }

  /**
   * Plans levels.
   *
   * @param operands tensors that each step takes; tensor 0 is the input, i + 1 the result of step i
   * @param depths levels that each step takes; the last one ends without a rescale
   * @throws IllegalArgumentException if a step's result is used nowhere
   */
  public static LevelPlan of(List<List<Integer>> operands, List<Integer> depths) {
    int last = operands.size() - 1;
    int depth = longestPath(operands, depths)[last];
    int[] ends = new int[last + 2];
    Arrays.fill(ends, Integer.MAX_VALUE);
    ends[last + 1] = depth + depths.get(last);
    int[] starts = new int[last + 1];
    for (int i = last; i >= 0; i--) {
      if (ends[i + 1] == Integer.MAX_VALUE) {
        throw new IllegalArgumentException("the result of step " + i + " is not used");
      }
      starts[i] = ends[i + 1] - depths.get(i);
      for (int operand : operands.get(i)) {
        ends[operand] = Math.min(ends[operand], starts[i]);
      }
    }
    return new LevelPlan(starts, depth);
  }

  /** The levels that each step's operands must have lost at least. */
  private static int[] longestPath(List<List<Integer>> operands, List<Integer> depths) {
    int[] ready = new int[operands.size() + 1];
    int[] starts = new int[operands.size()];
    for (int i = 0; i < starts.length; i++) {
      for (int operand : operands.get(i)) {
        starts[i] = Math.max(starts[i], ready[operand]);
      }
      ready[i + 1] = starts[i] + depths.get(i);
    }
    return starts;
  }
}
