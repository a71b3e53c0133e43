package io.silenda.infer.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.he.Polynomial;
import io.silenda.he.Polynomial.Basis;
import io.silenda.he.SecurityTable;
import io.silenda.infer.packing.RandomChains;
import io.silenda.infer.packing.Stage;
import io.silenda.infer.packing.StageGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SchedulePassTest {
  private final RandomChains chains = new RandomChains(21);

  @Test
  void aSingleLinearLayerGetsTheSmallestRing() {
    StageGraph chain = StageGraph.chain(List.of(chains.dense(1, 30)), 30, Optional.empty());
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
    StageGraph chain = StageGraph.chain(List.of(chains.dense(1, 30)), 30, Optional.empty());
    ScheduledProgram program =
        schedule(chain, OptionalDouble.empty()).runWithFreeBatch().orElseThrow();
    assertThat(program.program().batch()).isEqualTo(64);
  }

  @Test
  void aPolynomialTakesItsDepthInLevels() {
    Polynomial polynomial =
        new Polynomial(Basis.CHEBYSHEV, new double[] {0.4, 0.5, 0.3, 0, -0.1, 0, 0, 0.02});
    List<Stage> stages =
        List.of(
            chains.dense(32, 40),
            new Stage.Elementwise("activation", polynomial),
            chains.dense(10, 32));
    StageGraph chain = StageGraph.chain(stages, 40, Optional.empty());
    ScheduledProgram program = schedule(chain, OptionalDouble.empty()).run(1).orElseThrow();
    assertThat(program.parameters().maxLevel()).isEqualTo(4);
    assertThat(List.of(program.level(0), program.level(1), program.level(2)))
        .containsExactly(4, 3, 0);
    assertThat(program.keyPlan().relinearizationLevel()).isEqualTo(3);
    assertThat(program.answerLog2Scale())
        .isEqualTo(program.stepLog2Scales().get(1) + program.stepLog2Scales().get(2));
  }

  @Test
  void aDeepChainGetsALargerRing() {
    Polynomial polynomial =
        new Polynomial(Basis.CHEBYSHEV, new double[] {0, 0.5, 0, 0.1, 0, 0, 0, 0, 0, 0.01});
    List<Stage> stages = new ArrayList<>(List.of(smallDense()));
    for (int i = 0; i < 3; i++) {
      stages.add(new Stage.Elementwise("activation" + i, polynomial));
      stages.add(smallDense());
    }
    StageGraph chain = StageGraph.chain(stages, 16, Optional.empty());
    ScheduledProgram program = schedule(chain, OptionalDouble.empty()).run(1).orElseThrow();
    assertThat(program.parameters().maxLevel()).isEqualTo(15);
    assertThat(program.parameters().polyModulusDegree()).isEqualTo(32768);
    assertThat(program.parameters().totalModulusBits())
        .isLessThanOrEqualTo(SecurityTable.maxModulusBits(32768));
  }

  /** A layer whose outputs stay where Chebyshev polynomials are small. */
  private Stage smallDense() {
    Stage.Linear dense = chains.dense(16, 16);
    return new Stage.Linear(
        dense.name(),
        List.of(dense.matrices().get(0).scaled(0.25)),
        dense.bias(),
        Optional.empty());
  }

  private StageGraph squares() {
    List<Stage> stages =
        List.of(
            chains.dense(32, 40),
            RandomChains.square(),
            chains.dense(32, 32),
            RandomChains.square(),
            chains.dense(10, 32));
    return StageGraph.chain(stages, 40, Optional.empty());
  }

  private SchedulePass schedule(StageGraph chain, OptionalDouble maxError) {
    List<double[]> rows = List.of(chains.rows(8, chain.inputSize()));
    return new SchedulePass(chain, rows, 4, maxError);
  }
}
