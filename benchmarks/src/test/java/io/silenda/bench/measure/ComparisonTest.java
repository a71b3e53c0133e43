package io.silenda.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  /** A machine that slows down for a round slows both: the ratio stays. */
  @Test
  void ratiosAreTakenRoundByRound() {
    Comparison comparison =
        new Comparison(
            new Samples(List.of(10.0, 30.0, 10.0, 10.0)), new Samples(List.of(2.0, 6.0, 2.0, 2.0)));
    assertThat(comparison.ratios().nanos()).containsExactly(5.0, 5.0, 5.0, 5.0);
    assertThat(comparison.isNoisy()).isFalse();
  }

  @Test
  void scatteredRatiosAreNoisy() {
    Comparison comparison =
        new Comparison(
            new Samples(List.of(10.0, 10.0, 10.0, 10.0)), new Samples(List.of(2.0, 3.0, 2.0, 3.0)));
    assertThat(comparison.isNoisy()).isTrue();
  }

  @Test
  void tooFewRoundsAreNoisy() {
    Samples two = new Samples(List.of(1.0, 1.0));
    assertThat(new Comparison(two, two).isNoisy()).isTrue();
  }

  @Test
  void refusesUnequalNumbers() {
    assertThatThrownBy(
            () -> new Comparison(new Samples(List.of(1.0)), new Samples(List.of(1.0, 2.0))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void blocksAreMadeOfAllRounds() {
    Samples three = new Samples(List.of(1.0, 1.0, 1.0));
    assertThat(new Comparison(three, three).blockRounds()).containsExactly(1, 1, 1);
    assertThat(new Comparison(three, three, List.of(1, 2)).blockRounds()).containsExactly(1, 2);
    assertThatThrownBy(() -> new Comparison(three, three, List.of(2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[2, 2] do not make 3");
  }
}
