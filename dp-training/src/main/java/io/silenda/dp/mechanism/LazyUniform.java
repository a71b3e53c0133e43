package io.silenda.dp.mechanism;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** A uniform number in [0, 1) of which only as many bits are drawn as comparisons need. */
final class LazyUniform {
  private final NoiseSource source;
  private BigInteger drawn;
  private int bits;

  /** Begins with {@code bits} bits that were drawn already. */
  LazyUniform(NoiseSource source, long drawn, int bits) {
    this.source = source;
    this.drawn = BigInteger.valueOf(drawn);
    this.bits = bits;
  }

  /**
   * Whether the number is below {@code bound}, which is exact to many more digits than are ever
   * drawn.
   */
  boolean isBelow(BigDecimal bound) {
    while (true) {
      BigInteger scaled =
          bound
              .multiply(new BigDecimal(BigInteger.ONE.shiftLeft(bits)))
              .setScale(0, RoundingMode.FLOOR)
              .toBigInteger();
      int order = drawn.compareTo(scaled);
      if (order != 0) {
        return order < 0;
      }
      if (bits > 300) {
        throw new IllegalStateException("equal to 300 bits: the arithmetic is at fault");
      }
      drawn = drawn.shiftLeft(64).or(new BigInteger(Long.toUnsignedString(source.nextLong())));
      bits += 64;
    }
  }
}
