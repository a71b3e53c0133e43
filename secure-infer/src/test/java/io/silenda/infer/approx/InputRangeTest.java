package io.silenda.infer.approx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InputRangeTest {
  @Test
  void anEndIsInsideAsTheNumberThatAFileHoldsForIt() {
    InputRange range = new InputRange(-0.7, 0.3);
    assertThat((double) 0.3f).isGreaterThan(0.3);
    assertThat(range.contains(0.3f)).isTrue();
    assertThat(range.contains(-0.7f)).isTrue();
    assertThat(range.contains(0.30001)).isFalse();
    assertThat(range.contains(-0.70001)).isFalse();
    assertThat(range.contains(Double.NaN)).isFalse();
  }

  @Test
  void whatIsNoIntervalIsRefused() {
    double[][] wrong = {
      {1, 1}, {2, 1}, {Double.NaN, 1}, {0, Double.POSITIVE_INFINITY}, {-1e308, 1e308}
    };
    for (double[] ends : wrong) {
      assertThatThrownBy(() -> new InputRange(ends[0], ends[1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("LOW < HIGH");
    }
  }
}
