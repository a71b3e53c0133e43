package io.silenda.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void quantilesOfUnorderedSamples() {
    Samples samples = new Samples(List.of(5.0, 1.0, 4.0, 2.0, 3.0));
    assertThat(samples.median()).isEqualTo(3);
    assertThat(samples.quantile(0)).isEqualTo(1);
    assertThat(samples.quantile(0.25)).isEqualTo(2);
    assertThat(samples.quantile(1)).isEqualTo(5);
    assertThat(samples.spread()).isEqualTo(2.0 / 3);
  }

  @Test
  void interpolatesBetweenTwo() {
    assertThat(new Samples(List.of(1.0, 2.0)).median()).isEqualTo(1.5);
  }

  @Test
  void refusesNone() {
    assertThatThrownBy(() -> new Samples(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
