package io.silenda.infer.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.silenda.infer.cost.MachineCosts.RingCosts;
import io.silenda.infer.packing.RandomChains;
import io.silenda.infer.packing.StageGraph;
import io.silenda.infer.schedule.SchedulePass;
import io.silenda.infer.schedule.ScheduledProgram;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CostModelTest {
  @Test
  void calibrationFindsTheTimesThatTheOperationsWereMadeOf() {
    int primes = 5;
    RingCosts expected = new RingCosts(12, 3);
    Work square = Work.multiply(primes).plus(Work.relinearizeRescale(primes));
    Work linear =
        Work.decompose(primes)
            .plus(Work.keyProducts(primes).times(11))
            .plus(new Work(0, 2 * 6 * 48))
            .plus(Work.divideAndRescale(primes).times(2));
    RingCosts solved =
        Calibration.solve(micros(square, expected), micros(linear, expected), primes);
    assertThat(solved.transformMicros()).isCloseTo(12, within(1e-9));
    assertThat(solved.productMicros()).isCloseTo(3, within(1e-9));
  }

  @Test
  void aDisturbedMeasurementStillGivesTimes() {
    RingCosts solved = Calibration.solve(1, 1000, 5);
    assertThat(solved.transformMicros()).isPositive();
    assertThat(solved.productMicros()).isPositive();
  }

  private static double micros(Work work, RingCosts costs) {
    return work.transforms() * costs.transformMicros() + work.products() * costs.productMicros();
  }

  @Test
  void everyStepHasATimeAndLowerLevelsTakeLess() {
    RandomChains chains = new RandomChains(5);
    StageGraph graph = RandomChains.branching(chains);
    ScheduledProgram program =
        new SchedulePass(graph, List.of(chains.rows(4, 40)), 4, OptionalDouble.empty())
            .run(1)
            .orElseThrow();
    List<Double> millis = new CostModel(MachineCosts.builtIn()).stepMillis(program);
    assertThat(millis).hasSize(6).allMatch(ms -> ms > 0);
    assertThat(millis.get(1)).as("two squares, two levels apart").isGreaterThan(millis.get(3));
    double steps = millis.stream().mapToDouble(Double::doubleValue).sum();
    assertThat(new CostModel(MachineCosts.builtIn()).millis(program))
        .as("the answer's fresh randomness counts, too")
        .isBetween(steps * 1.001, steps * 1.5);
  }
}
