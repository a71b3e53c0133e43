package io.silenda.bench.chart;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What nothing else beats on both of two counts. */
final class ParetoFront {
  private ParetoFront() {}

  /**
   * The front, by ascending cost.
   *
   * @param cost the less, the better
   * @param gain the more, the better
   */
  static <T> List<T> of(List<T> all, ToDoubleFunction<T> cost, ToDoubleFunction<T> gain) {
    return all.stream()
        .filter(each -> all.stream().noneMatch(other -> beats(other, each, cost, gain)))
        .sorted(Comparator.comparingDouble(cost))
        .toList();
  }

  private static <T> boolean beats(
      T first, T second, ToDoubleFunction<T> cost, ToDoubleFunction<T> gain) {
    double lessCost = cost.applyAsDouble(second) - cost.applyAsDouble(first);
    double moreGain = gain.applyAsDouble(first) - gain.applyAsDouble(second);
    return lessCost >= 0 && moreGain >= 0 && lessCost + moreGain > 0;
  }
}
