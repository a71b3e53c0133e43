package io.silenda.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TrimmedMeanTest {
  /** By hand: 2, 4 and 6 are left, and 2, 2, 4, 6, 6 are the winsorized values. */
  @Test
  void leavesOutAFifthAtEitherEnd() {
    TrimmedMean mean = TrimmedMean.of(new double[] {4, 2, -9, 6, 100});
    assertThat(mean.mean()).isCloseTo(4, within(1e-12));
    assertThat(mean.squaredError()).isCloseTo(16.0 / 6, within(1e-12));
    assertThat(mean.degreesOfFreedom()).isEqualTo(2);
  }

  @Test
  void equalValuesHaveNoError() {
    TrimmedMean mean = TrimmedMean.of(new double[] {3, 3, 3, 3, 3, 3, 3, 3, 3});
    assertThat(mean).isEqualTo(new TrimmedMean(3, 0, 6));
  }

  @Test
  void refusesFewerThanFive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrimmedMean.of(new double[4]))
        .withMessageContaining("4 of them");
  }
}
