package io.silenda.dp.mechanism;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;

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
   * Whether the number is below every bound within {@code error} of {@code rough}, or not below any
   * of them; empty where the bits that are drawn do not tell.
   */
  Optional<Boolean> isBelow(BigDecimal rough, BigDecimal error) {
    BigDecimal unit = new BigDecimal(BigInteger.ONE.shiftLeft(bits));
    BigDecimal least = new BigDecimal(drawn);
    if (least.add(BigDecimal.ONE).compareTo(rough.subtract(error).multiply(unit)) <= 0) {
      return Optional.of(true);
    }
    return least.compareTo(rough.add(error).multiply(unit)) >= 0
        ? Optional.of(false)
        : Optional.empty();
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
