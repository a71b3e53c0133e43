package io.silenda.infer.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DigitPeakTest {
  private static final int DEGREE = 1024;

  @Test
  void theMeanOverAllSlotsIsOne() {
    double sum = 0;
    for (int slot = 0; slot < DEGREE / 2; slot++) {
      sum += DigitPeak.ofSlot(slot, DEGREE);
    }
    assertThat(sum / (DEGREE / 2)).isCloseTo(1, within(1e-3));
  }

  @Test
  void theFirstSlotsGetMost() {
    assertThat(DigitPeak.ofSlot(0, DEGREE))
        .isCloseTo(3 * DEGREE / (Math.PI * Math.PI) + 0.25, within(1e-2 * DEGREE));
    assertThat(DigitPeak.ofSlot(1, DEGREE)).isLessThan(DigitPeak.ofSlot(0, DEGREE) / 20);
    assertThat(DigitPeak.ofSlot(9, DEGREE)).isLessThan(1.5);
  }
}
