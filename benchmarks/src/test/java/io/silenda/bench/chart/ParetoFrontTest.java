package io.silenda.bench.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParetoFrontTest {
  private record Option(double cost, double gain) {}

  @Test
  void keepsWhatNothingBeats() {
    Option cheap = new Option(1, 1);
    Option dear = new Option(3, 3);
    Option beaten = new Option(2, 1);
    Option asDear = new Option(3, 2);
    assertThat(ParetoFront.of(List.of(dear, beaten, cheap, asDear), Option::cost, Option::gain))
        .containsExactly(cheap, dear);
  }

  @Test
  void keepsEquals() {
    Option one = new Option(1, 1);
    assertThat(ParetoFront.of(List.of(one, new Option(1, 1)), Option::cost, Option::gain))
        .hasSize(2);
  }
}
