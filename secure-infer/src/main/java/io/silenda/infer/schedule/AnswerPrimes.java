package io.silenda.infer.schedule;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How many primes an answer may have besides the first: it drops them before it is sent, and holds
 * more until then.
 */
final class AnswerPrimes {
  /**
   * What gains of the network and scales of its weights take beyond the least. Scales grow with
   * each product, as no rescale divides by more than a prime of 50 bits.
   */
  private static final List<Integer> MORE_PRIMES = List.of(0, 1, 2, 4, 8);

  private static final int MOST_UNFLOODED = 2;

  private AnswerPrimes() {}

  /**
   * What is worth a try, the fewest first.
   *
   * @param isBounded whether an error was asked for; the default one needs no more than one prime
   * @param maxError largest error to accept, four standard deviations
   */
  static IntStream counts(
      Optional<Flooding> flooding, boolean isBounded, int degree, double maxError) {
    if (flooding.isEmpty()) {
      return isBounded ? IntStream.rangeClosed(0, MOST_UNFLOODED) : IntStream.of(0);
    }
    int least = least(flooding.get(), degree, maxError);
    return MORE_PRIMES.stream().mapToInt(more -> least + more);
  }

  /** The most that {@link #counts} names. */
  static int most(Optional<Flooding> flooding, boolean isBounded, int degree, double maxError) {
    return counts(flooding, isBounded, degree, maxError).max().orElse(0);
  }

  /** Enough for a scale at which noise as small as rounding, once flooded, is within the error. */
  private static int least(Flooding flooding, int degree, double maxError) {
    double own = Math.sqrt(new RingNoise(degree).roundingVariance());
    double flood = SchedulePass.DEVIATIONS * flooding.deviation(own, degree);
    double bits = NoiseModel.log2(flood / maxError);
    int primes = (int) Math.ceil(bits / ScaleSearch.MAX_PRIME_BITS);
    return Math.max(0, Math.min(primes - 1, SchedulePass.MAX_DATA_PRIMES));
  }
}
