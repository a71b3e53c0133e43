package io.silenda.infer.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DigitPeakTest {
  private static final int DEGREE = 1024;

  @Test
  void theMeanOverAllSlotsIsOne() {
    double sum = Arrays.stream(DigitPeak.ofSlots(DEGREE)).sum();
    assertThat(sum / (DEGREE / 2)).isCloseTo(1, within(1e-3));
  }

  @Test
  void theFirstSlotsGetMost() {
    double[] slots = DigitPeak.ofSlots(DEGREE);
    assertThat(slots[0])
        .isEqualTo(DigitPeak.ofFirstSlot(DEGREE))
        .isCloseTo(3 * DEGREE / (Math.PI * Math.PI) + 0.25, within(1e-2 * DEGREE));
    assertThat(slots[1]).isLessThan(slots[0] / 20);
    assertThat(slots[9]).isLessThan(1.5);
  }
}
