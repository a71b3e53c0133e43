package io.silenda.infer.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FloodingTest {
  @Test
  void oneMoreBitDoublesTheNoise() {
    assertThat(Flooding.of(20).deviation(3e-9, 8192))
        .isCloseTo(Math.pow(2, 21) * Math.sqrt(8192) * 3e-9, within(1e-12));
    assertThat(Flooding.of(21).deviation(1, 4096))
        .isCloseTo(2 * Flooding.of(20).deviation(1, 4096), within(1e-3));
    assertThat(Flooding.none().deviation(1, 4096)).isZero();
  }

  @Test
  void amountsThatHideNothingOrFitNowhereAreRefused() {
    for (int bits : new int[] {-1, 0, 7, 65}) {
      assertThatThrownBy(() -> Flooding.of(bits))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("8..64");
    }
  }
}
