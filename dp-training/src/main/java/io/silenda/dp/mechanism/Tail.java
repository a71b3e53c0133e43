package io.silenda.dp.mechanism;

import java.math.BigDecimal;
import java.util.Optional;

/** How likely it is that the size of unit noise exceeds an edge. */
enum Tail {
  /** Of N(0, 1). */
  NORMAL(16) {
    @Override
    boolean isAbove(LazyUniform uniform, BigDecimal edge) {
      if (edge.compareTo(ROUGH_REACH) < 0) {
        Optional<Boolean> decided =
            uniform.isBelow(ExactFunctions.roughNormalTail(edge), ExactFunctions.ROUGH_ERROR);
        if (decided.isPresent()) {
          return decided.get();
        }
      }
      return uniform.isBelow(ExactFunctions.normalTail(edge));
    }
  },
  /** Of Laplace(1). */
  EXPONENTIAL(128) {
    @Override
    boolean isAbove(LazyUniform uniform, BigDecimal edge) {
      return uniform.isBelow(ExactFunctions.expMinus(edge));
    }
  };

  private static final BigDecimal ROUGH_REACH = BigDecimal.valueOf(ExactFunctions.ROUGH_REACH);

  private final int reach;

  Tail(int reach) {
    this.reach = reach;
  }

  /**
   * Where samplers cut it off. What lies beyond has a probability below 2^-184: their whole
   * distance from the exact distribution.
   */
  int reach() {
    return reach;
  }

  /** Whether the size for which a uniform number stands exceeds an edge. */
  abstract boolean isAbove(LazyUniform uniform, BigDecimal edge);
}
