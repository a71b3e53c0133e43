package io.silenda.infer.flood;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Discrete normal integers of deviation 64: drawn from a table of cumulative probabilities of 126
 * bits, of which all but the first 63 are looked at only where those leave it open. What is left
 * out of either tail has a probability below 2^-100. Immutable.
 */
final class BaseNormal {
  /** Standard deviation. */
  static final int DEVIATION = 64;

  /** No draw is larger: twelve deviations. */
  static final int LARGEST = 12 * DEVIATION;

  private static final int WORD_BITS = 63;
  private static final MathContext DIGITS = new MathContext(60);
  private static final int TERMS = 40;

  static final BaseNormal INSTANCE = new BaseNormal();

  private final long[] high;
  private final long[] low;

  private BaseNormal() {
    BigDecimal[] weights = weights();
    BigDecimal sum = Arrays.stream(weights).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal unit = BigDecimal.valueOf(2).pow(2 * WORD_BITS);
    this.high = new long[weights.length];
    this.low = new long[weights.length];
    BigDecimal cumulative = BigDecimal.ZERO;
    for (int i = 0; i < weights.length; i++) {
      cumulative = cumulative.add(weights[i]);
      var threshold = cumulative.multiply(unit).divide(sum, DIGITS).toBigInteger();
      high[i] = threshold.shiftRight(WORD_BITS).min(maxWord()).longValueExact();
      low[i] = threshold.and(maxWord()).longValueExact();
    }
    high[weights.length - 1] = Long.MAX_VALUE;
    low[weights.length - 1] = Long.MAX_VALUE;
  }

  private static BigInteger maxWord() {
    return BigInteger.valueOf(Long.MAX_VALUE);
  }

  /** exp(-x² / 2·64²) for x from -LARGEST to LARGEST. */
  private static BigDecimal[] weights() {
    BigDecimal step =
        exp(BigDecimal.ONE.negate().divide(BigDecimal.valueOf(2L * DEVIATION * DEVIATION)));
    BigDecimal square = step.multiply(step, DIGITS);
    BigDecimal[] weights = new BigDecimal[2 * LARGEST + 1];
    BigDecimal weight = BigDecimal.ONE;
    BigDecimal ratio = step;
    for (int x = 0; x <= LARGEST; x++) {
      weights[LARGEST + x] = weight;
      weights[LARGEST - x] = weight;
      weight = weight.multiply(ratio, DIGITS);
      ratio = ratio.multiply(square, DIGITS);
    }
    return weights;
  }

  /** Taylor's series, for small arguments. */
  private static BigDecimal exp(BigDecimal x) {
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int i = 1; i <= TERMS; i++) {
      term = term.multiply(x, DIGITS).divide(BigDecimal.valueOf(i), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    return sum;
  }

  /**
   * The next number.
   *
   * @param random uniform words, of which one or two are taken
   */
  int next(LongSupplier random) {
    long first = random.getAsLong() >>> 1;
    int index = firstNotBelow(first);
    if (high[index] == first) {
      // Nearly never: the first 63 bits are those of a threshold.
      long second = random.getAsLong() >>> 1;
      while (index < high.length - 1 && high[index] == first && second >= low[index]) {
        index++;
      }
    }
    return index - LARGEST;
  }

  /** The first threshold of which the first bits are no less, in a fixed number of steps. */
  private int firstNotBelow(long word) {
    int first = 0;
    for (int step = Integer.highestOneBit(high.length); step > 0; step /= 2) {
      int probe = first + step;
      first = probe <= high.length - 1 && high[probe - 1] < word ? probe : first;
    }
    return first;
  }
}
