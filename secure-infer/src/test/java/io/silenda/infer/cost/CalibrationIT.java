package io.silenda.infer.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.infer.Progress;
import org.junit.jupiter.api.Test;

class CalibrationIT {
  @Test
  void everyRingGetsTimes() {
    MachineCosts costs = Calibration.measure(Progress.NONE);
    assertThat(costs.isMeasured()).isTrue();
    assertThat(costs.machine()).isEqualTo(CostFile.thisMachine());
    assertThat(costs.rings().keySet()).containsExactlyElementsOf(Calibration.degrees());
    for (int degree : Calibration.degrees()) {
      assertThat(costs.ring(degree).transformMicros()).as("N=%d", degree).isPositive().isFinite();
      assertThat(costs.ring(degree).productMicros()).as("N=%d", degree).isPositive().isFinite();
    }
  }
}
