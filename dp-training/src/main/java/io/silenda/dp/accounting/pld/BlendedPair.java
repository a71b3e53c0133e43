package io.silenda.dp.accounting.pld;

import java.util.List;

/**
 * A public coin chooses which of several pairs is met; by joint convexity it dominates every
 * mechanism whose outcomes split so.
 *
 * @param weights probabilities that sum to one
 * @param pairs as many pairs
 */
public record BlendedPair(List<Double> weights, List<DominatingPair> pairs)
    implements DominatingPair {
  /** Copies the lists. */
  public BlendedPair {
    weights = List.copyOf(weights);
    pairs = List.copyOf(pairs);
  }

  @Override
  public double largestLoss() {
    return pairs.stream().mapToDouble(DominatingPair::largestLoss).max().orElseThrow();
  }

  @Override
  public Range range(double tailMass) {
    return pairs.stream().map(pair -> pair.range(tailMass)).reduce(Range::join).orElseThrow();
  }

  @Override
  public LossCells cells(double width, double tailMass) {
    Range range = range(tailMass);
    LossCells cells = LossCells.covering(width, range.low(), range.high());
    for (int i = 0; i < pairs.size(); i++) {
      cells.addAll(pairs.get(i).cells(width, tailMass), weights.get(i));
    }
    return cells;
  }
}
