package io.silenda.infer.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.infer.Progress;
import org.junit.jupiter.api.Test;

class CalibrationIT {
  @Test
  void everyRingGetsTimesThatGrowWithIt() {
    MachineCosts costs = Calibration.measure(Progress.NONE);
    assertThat(costs.isMeasured()).isTrue();
    assertThat(costs.machine()).isEqualTo(CostFile.thisMachine());
    assertThat(costs.rings().keySet()).containsExactlyElementsOf(Calibration.degrees());
    assertThat(costs.ring(32768).transformMicros())
        .isGreaterThan(costs.ring(4096).transformMicros());
  }
}
