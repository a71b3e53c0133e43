package io.silenda.infer.packing;

import java.util.Arrays;
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
    return baby(rotation, stride, offset);
  }

  private static int baby(int rotation, int stride, int offset) {
    return Math.floorMod(rotation + offset, stride) - offset;
  }

  /** The giant step of a rotation: a multiple of the stride. */
  int giant(int rotation) {
    return rotation - baby(rotation);
  }

  /** What a step costs as a baby step and as a giant step. */
  record Prices(IntToDoubleFunction baby, IntToDoubleFunction giant) {}

  /** Every rotation a giant step of its own: key-switching noise then meets the product's scale. */
  static RotationSplit giantsOnly(SortedSet<Integer> rotations) {
    return of(rotations, 1, 0);
  }

  /** The cheapest split of a set of rotations. */
  static RotationSplit cheapest(SortedSet<Integer> rotations, Prices prices) {
    Search search = new Search(rotations, prices);
    int first = rotations.first();
    int bestStride = 1;
    int bestOffset = 0;
    double bestCost = search.cost(1, 0, Double.POSITIVE_INFINITY);
    for (int stride = 2; stride <= search.span; stride++) {
      // Splits that start at zero, and at the first rotation of the set (as convolutions want it).
      for (int offset : new int[] {0, Math.floorMod(-first, stride)}) {
        double cost = search.cost(stride, offset, bestCost);
        if (cost < bestCost) {
          bestStride = stride;
          bestOffset = offset;
          bestCost = cost;
        }
      }
    }
    return of(rotations, bestStride, bestOffset);
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
  double cost(Prices prices) {
    double cost = 0;
    for (int step : babies) {
      cost += step == 0 ? 0 : prices.baby().applyAsDouble(step);
    }
    for (int step : giants) {
      cost += step == 0 ? 0 : prices.giant().applyAsDouble(step);
    }
    return cost;
  }

  /** Prices of many splits of one set, without building them. */
  private static final class Search {
    private final int[] rotations;
    private final int span;
    private final int reach;
    private final double[] babyPrices;
    private final double[] giantPrices;
    private final int[] babySeen;
    private final int[] giantSeen;
    private int round;

    Search(SortedSet<Integer> set, Prices prices) {
      this.rotations = set.stream().mapToInt(Integer::intValue).toArray();
      this.span = set.last() - set.first() + 1;
      this.reach = Math.max(Math.abs(set.first()), Math.abs(set.last())) + span;
      this.babyPrices = table(prices.baby());
      this.giantPrices = table(prices.giant());
      this.babySeen = new int[2 * reach + 1];
      this.giantSeen = new int[2 * reach + 1];
    }

    private double[] table(IntToDoubleFunction price) {
      double[] table = new double[2 * reach + 1];
      Arrays.setAll(table, i -> i == reach ? 0 : price.applyAsDouble(i - reach));
      return table;
    }

    /** The price, or anything above {@code bound} once it is above. */
    double cost(int stride, int offset, double bound) {
      round++;
      double cost = 0;
      for (int rotation : rotations) {
        int baby = baby(rotation, stride, offset) + reach;
        int giant = rotation - baby + 2 * reach;
        if (babySeen[baby] != round) {
          babySeen[baby] = round;
          cost += babyPrices[baby];
        }
        if (giantSeen[giant] != round) {
          giantSeen[giant] = round;
          cost += giantPrices[giant];
        }
        if (cost > bound) {
          return cost;
        }
      }
      return cost;
    }
  }
}
