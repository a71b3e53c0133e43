package io.silenda.infer.approx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IntervalTest {
  @Test
  void marginMovesBothEndsByAPartOfTheWidth() {
    assertThat(Interval.around(-3, 5, 0.25)).isEqualTo(new Interval(-5, 7));
    assertThat(Interval.around(-3, 5, 0).low()).isLessThan(-3);
  }

  @Test
  void oneObservedValueStillHasAnInterval() {
    Interval interval = Interval.around(4, 4, 0.25);
    assertThat(interval.low()).isLessThan(4);
    assertThat(interval.high()).isGreaterThan(4);
  }

  @Test
  void mapsToTheUnitIntervalAndBack() {
    Interval interval = new Interval(-5, 7);
    assertThat(interval.toUnit(-5)).isEqualTo(-1);
    assertThat(interval.toUnit(7)).isEqualTo(1);
    assertThat(interval.fromUnit(interval.toUnit(2.5))).isCloseTo(2.5, within(1e-15));
  }

  @Test
  void anEmptyOrEndlessIntervalIsRefused() {
    assertThatThrownBy(() -> new Interval(1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Interval(0, Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Interval(Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
