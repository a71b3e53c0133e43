package io.silenda.dp.accounting;

import io.silenda.dp.accounting.PrivacyEvent.UserLevelPoisson;
import io.silenda.dp.accounting.pld.GaussianMixturePair;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * All records of a user at once: as many of them as are sampled move the sum in the same direction
 * at worst.
 */
final class Users {
  private Users() {}

  /**
   * Binomial mixture of shifted normals against the unshifted one (Choquette-Choo et al. 2023,
   * lemma 4.5).
   */
  static GaussianMixturePair pair(UserLevelPoisson event) {
    int records = event.recordsPerUser();
    double[] means = new double[records + 1];
    double[] weights = new double[records + 1];
    BinomialDistribution sampled = new BinomialDistribution(null, records, event.rate());
    double above = 0;
    for (int k = records; k > 0; k--) {
      means[k] = k / event.noise().noiseMultiplier();
      weights[k] = sampled.probability(k);
      above += weights[k];
    }
    // The smaller of the two: too large a weight here would hide how much a user's absence shows.
    weights[0] = Math.max(0, Math.min(sampled.probability(0), 1 - above));
    return GaussianMixturePair.weighted(means, weights);
  }
}
