package io.silenda.infer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LayerClockTest {
  private final LayerClock clock = new LayerClock();

  @Test
  void theMiddleOfEachLayerCounts() {
    assertThat(clock.medians()).isEmpty();
    clock.add(new double[] {3, 10});
    clock.add(new double[] {1, 30});
    clock.add(new double[] {2, 20});
    assertThat(clock.medians()).containsExactly(2.0, 20.0);
  }

  @Test
  void oldTimesAreForgotten() {
    for (int i = 0; i < 1000; i++) {
      clock.add(new double[] {100});
    }
    for (int i = 0; i < 501; i++) {
      clock.add(new double[] {1});
    }
    assertThat(clock.medians()).containsExactly(1.0);
  }
}
