package io.silenda.dp.accounting;

import io.silenda.dp.accounting.PrivacyEvent.TruncatedPoisson;
import io.silenda.dp.accounting.pld.BlendedPair;
import io.silenda.dp.accounting.pld.DominatingPair;
import io.silenda.dp.accounting.pld.GaussianMixturePair;
import java.util.List;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * Poisson batches cut to a uniform subset of at most B.
 *
 * <p>Couple the batches of both data sets on the m other records that were sampled, and on the
 * subset T of them that would remain without the one record. If m is below B the record joins T
 * with probability q and moves the sum by one at most. If m is at least B the record is in the cut
 * batch with probability q B / (m + 1), and then stands in place of a member of T: the sum moves by
 * two at most. T, and with it whether the batch is full, may be published; m of a full batch is
 * averaged. So (arXiv 2508.15089 has the like) a blend of two sampled pairs dominates.
 */
final class TruncatedBatches {
  private TruncatedBatches() {}

  static DominatingPair pair(TruncatedPoisson event) {
    double sigma = event.noise().noiseMultiplier();
    int others = event.records() - 1;
    DominatingPair open = GaussianMixturePair.sampled(event.rate(), 1 / sigma);
    if (others < event.maxBatch()) {
      return open;
    }
    BinomialDistribution sampled = new BinomialDistribution(null, others, event.rate());
    Full batches = new Full(sampled, event.maxBatch());
    double full = batches.probability;
    double replaced = batches.replaced;
    if (full < 1e-300) {
      return new BlendedPair(
          List.of(1.0, 1e-300),
          List.of(open, GaussianMixturePair.sampled(event.rate(), 2 / sigma)));
    }
    double replacing = Math.min(event.rate(), event.rate() * replaced / full * (1 + 1e-9));
    double share = Math.min(1, full * (1 + 1e-9));
    return new BlendedPair(
        List.of(1 - full * (1 - 1e-9), share),
        List.of(open, GaussianMixturePair.sampled(replacing, 2 / sigma)));
  }

  /**
   * Sums over full batches, from the likeliest size outwards. What is left out beyond a term is at
   * most a geometric series, as the ratio of neighbouring probabilities falls; it is added.
   */
  private static final class Full {
    private static final double NEGLIGIBLE = 1e-25;

    private final BinomialDistribution sampled;
    private final int maxBatch;
    private double probability;
    private double replaced;

    Full(BinomialDistribution sampled, int maxBatch) {
      this.sampled = sampled;
      this.maxBatch = maxBatch;
      int others = sampled.getNumberOfTrials();
      int likeliest = (int) Math.min(others, (others + 1.0) * sampled.getProbabilityOfSuccess());
      int from = Math.max(maxBatch, likeliest);
      for (int m = from; m <= others && !take(m, m + 1); m++) {
        // Takes terms.
      }
      for (int m = from - 1; m >= maxBatch && !take(m, m - 1); m--) {
        // Takes terms.
      }
    }

    /** Whether the terms from {@code next} on are negligible; then their bound is taken too. */
    private boolean take(int m, int next) {
      double term = sampled.probability(m);
      probability += term;
      replaced += term * maxBatch / (m + 1.0);
      double ratio = term == 0 ? 0 : sampled.probability(next) / term;
      double rest = ratio < 1 ? term * ratio / (1 - ratio) : Double.POSITIVE_INFINITY;
      if (rest <= NEGLIGIBLE * probability) {
        probability += rest;
        replaced += rest;
        return true;
      }
      return false;
    }
  }
}
