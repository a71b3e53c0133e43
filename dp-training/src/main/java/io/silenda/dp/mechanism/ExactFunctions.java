package io.silenda.dp.mechanism;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Tail probabilities to more than a hundred digits, for the few samples that doubles cannot decide.
 */
final class ExactFunctions {
  // The alternating series loses up to 60 digits for arguments up to 16.
  private static final MathContext PRECISION = new MathContext(200, RoundingMode.HALF_EVEN);
  private static final BigDecimal SMALLEST = BigDecimal.ONE.movePointLeft(190);
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  private static final BigDecimal SCALE = TWO.divide(pi(), PRECISION).sqrt(PRECISION);

  /** What {@link #roughNormalTail} takes. */
  static final int ROUGH_REACH = 8;

  /** How far {@link #roughNormalTail} may be off. */
  static final BigDecimal ROUGH_ERROR = BigDecimal.ONE.movePointLeft(40);

  private static final MathContext ROUGH_PRECISION = new MathContext(60, RoundingMode.HALF_EVEN);
  private static final BigDecimal ROUGH_SMALLEST = BigDecimal.ONE.movePointLeft(50);

  private ExactFunctions() {}

  /** P(|N(0, 1)| &gt; x) for x from 0 to 16. */
  static BigDecimal normalTail(BigDecimal x) {
    return normalTail(x, PRECISION, SMALLEST, 300);
  }

  /**
   * The same within {@link #ROUGH_ERROR}, for x up to {@link #ROUGH_REACH}, many times faster.
   *
   * <p>Terms and partial sums stay below x exp(x² / 2) &lt; 10^15. Some 200 terms of at most four
   * roundings to 60 digits each, the n-th power carrying those of all before it, err by less than
   * 10^-40; what is left out, by less than its first term.
   */
  static BigDecimal roughNormalTail(BigDecimal x) {
    return normalTail(x, ROUGH_PRECISION, ROUGH_SMALLEST, ROUGH_REACH * ROUGH_REACH / 2);
  }

  /** Terms fall from number x² / 2 on: the least number of them is beyond that. */
  private static BigDecimal normalTail(
      BigDecimal x, MathContext precision, BigDecimal smallest, int leastTerms) {
    BigDecimal square = x.multiply(x, precision).divide(TWO, precision);
    BigDecimal power = x;
    BigDecimal sum = x;
    for (int n = 1; power.abs().compareTo(smallest) > 0 || n < leastTerms; n++) {
      power = power.multiply(square, precision).divide(BigDecimal.valueOf(-n), precision);
      sum = sum.add(power.divide(BigDecimal.valueOf(2L * n + 1), precision), precision);
    }
    return BigDecimal.ONE.subtract(SCALE.multiply(sum, precision), precision);
  }

  /** exp(-x) for x from 0 on. */
  static BigDecimal expMinus(BigDecimal x) {
    int halvings = Math.max(0, x.toBigInteger().bitLength() + 8);
    BigDecimal small = x.divide(new BigDecimal(BigInteger.ONE.shiftLeft(halvings)), PRECISION);
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ONE;
    for (int n = 1; term.abs().compareTo(SMALLEST) > 0; n++) {
      term = term.multiply(small, PRECISION).divide(BigDecimal.valueOf(-n), PRECISION);
      sum = sum.add(term, PRECISION);
    }
    for (int i = 0; i < halvings; i++) {
      sum = sum.multiply(sum, PRECISION);
    }
    return sum;
  }

  /** Machin: pi / 4 = 4 arctan(1/5) - arctan(1/239). */
  private static BigDecimal pi() {
    return arctanOfInverse(5)
        .multiply(BigDecimal.valueOf(16), PRECISION)
        .subtract(arctanOfInverse(239).multiply(BigDecimal.valueOf(4), PRECISION), PRECISION);
  }

  private static BigDecimal arctanOfInverse(int n) {
    BigDecimal power = BigDecimal.ONE.divide(BigDecimal.valueOf(n), PRECISION);
    BigDecimal square = BigDecimal.valueOf(-(long) n * n);
    BigDecimal sum = power;
    for (int k = 3; power.abs().compareTo(SMALLEST.movePointLeft(10)) > 0; k += 2) {
      power = power.divide(square, PRECISION);
      sum = sum.add(power.divide(BigDecimal.valueOf(k), PRECISION), PRECISION);
    }
    return sum;
  }
}
