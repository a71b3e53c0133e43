package io.silenda.infer.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.he.SecurityTable;
import io.silenda.infer.packing.PackableChain;
import io.silenda.infer.packing.RandomChains;
import io.silenda.infer.packing.Stage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SchedulePassTest {
  private final RandomChains chains = new RandomChains(21);

  @Test
  void aSingleLinearLayerGetsTheSmallestRing() {
    PackableChain chain = new PackableChain(List.of(chains.dense(1, 30)), 30, Optional.empty());
    ScheduledProgram program = schedule(chain, OptionalDouble.empty()).run(1).orElseThrow();
    assertThat(program.parameters().polyModulusDegree()).isEqualTo(4096);
    assertThat(program.predictedMaxError()).isLessThan(1e-3);
    assertThat(program.keyPlan().relinearizationLevel()).isEqualTo(-1);
  }

  @Test
  void primesStayWithinTheSecurityTable() {
    ScheduledProgram program = schedule(squares(), OptionalDouble.empty()).run(1).orElseThrow();
    int degree = program.parameters().polyModulusDegree();
    assertThat(program.parameters().totalModulusBits())
        .isLessThanOrEqualTo(SecurityTable.maxModulusBits(degree));
    assertThat(program.parameters().dataPrimeBits()).hasSize(5).allMatch(bits -> bits <= 50);
  }

  @Test
  void anImpossibleErrorHasNoSchedule() {
    assertThat(schedule(squares(), OptionalDouble.of(1e-30)).run(1)).isEmpty();
  }

  @Test
  void freeBatchFillsARingThatOneRowLeavesEmpty() {
    PackableChain chain = new PackableChain(List.of(chains.dense(1, 30)), 30, Optional.empty());
    ScheduledProgram program =
        schedule(chain, OptionalDouble.empty()).runWithFreeBatch().orElseThrow();
    assertThat(program.program().batch()).isEqualTo(64);
  }

  private PackableChain squares() {
    List<Stage> stages =
        List.of(
            chains.dense(32, 40),
            RandomChains.square(),
            chains.dense(32, 32),
            RandomChains.square(),
            chains.dense(10, 32));
    return new PackableChain(stages, 40, Optional.empty());
  }

  private SchedulePass schedule(PackableChain chain, OptionalDouble maxError) {
    List<double[]> rows = List.of(chains.rows(8, chain.inputSize()));
    return new SchedulePass(chain, rows, 4, maxError);
  }
}
