package io.silenda.infer.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.silenda.he.Polynomial;
import io.silenda.he.Polynomial.Basis;
import io.silenda.infer.packing.RandomChains;
import io.silenda.infer.packing.Stage;
import io.silenda.infer.packing.StageGraph;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloodingTest {
  private final RandomChains chains = new RandomChains(21);

  private SchedulePass pass(OptionalDouble maxError, Optional<Flooding> flooding) {
    List<Stage> stages = List.of(chains.dense(16, 30), RandomChains.square(), chains.dense(4, 16));
    StageGraph graph = StageGraph.chain(stages, 30, Optional.empty());
    return new SchedulePass(graph, List.of(chains.rows(4, 30)), 4, maxError, flooding);
  }

  @Test
  void oneMoreBitDoublesTheNoise() {
    assertThat(new Flooding(20).deviation(3e-9, 8192))
        .isCloseTo(Math.pow(2, 21) * Math.sqrt(8192) * 3e-9, within(1e-12));
    assertThat(new Flooding(21).deviation(1, 4096))
        .isCloseTo(2 * new Flooding(20).deviation(1, 4096), within(1e-3));
  }

  /** ‖e‖ / 2σ for an error of four times the norm that the deviation stands for. */
  @Test
  void theDistanceIsWhatWasAskedFor() {
    int degree = 8192;
    double scale = 0x1p80;
    double own = 1e-15;
    double errorNorm = 4 * Math.sqrt(2) * own * scale;
    double coefficient = new Flooding(40).deviation(own, degree) * scale * Math.sqrt(2.0 / degree);
    assertThat(errorNorm / (2 * coefficient)).isCloseTo(0x1p-40, within(1e-20));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 7, 65})
  void amountsThatHideNothingOrFitNowhereAreRefused(int bits) {
    assertThatThrownBy(() -> new Flooding(bits))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8..64");
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 30, 40})
  void parametersKeepPrimesForTheNoise(int bits) {
    SchedulePass pass = pass(OptionalDouble.empty(), Optional.of(new Flooding(bits)));
    ScheduledProgram program = pass.run(1).orElseThrow();
    FloodPlan plan = program.flood().orElseThrow();
    int degree = program.parameters().polyModulusDegree();
    assertThat(plan.flooding().bits()).isEqualTo(bits);
    assertThat(4 * plan.slotDeviation(degree)).isLessThanOrEqualTo(program.predictedMaxError());
    assertThat(program.predictedMaxError()).isLessThan(pass.answerRange() / 1024);
    assertThat(program.resultLevel()).isGreaterThanOrEqualTo(bits >= 30 ? 1 : 0);
    int modulusBits =
        program.parameters().dataPrimeBits().subList(0, program.resultLevel() + 1).stream()
            .mapToInt(Integer::intValue)
            .sum();
    assertThat(8 * program.floodCoefficientDeviation()).isLessThan(Math.pow(2, modulusBits - 1.0));
    assertThat(program.answerLog2Scale())
        .isLessThan(program.parameters().dataPrimeBits().get(0) - 1.0);
    assertThat(pass.forecast(program).bound()).isGreaterThan(4.5 * plan.slotDeviation(degree));
  }

  @Test
  void withoutItAnswersEndOnOnePrime() {
    ScheduledProgram program = pass(OptionalDouble.empty(), Optional.empty()).run(1).orElseThrow();
    assertThat(program.flood()).isEmpty();
    assertThat(program.resultLevel()).isZero();
    assertThat(program.answerLog2Scale()).isEqualTo(program.resultLog2Scale());
  }

  /** Polynomials multiply scales with each other that nothing brings down again. */
  @Test
  void networksThatLackBitsForItAreRefusedWithTheirNumber() {
    Polynomial polynomial =
        new Polynomial(Basis.CHEBYSHEV, new double[] {0.4, 0.5, 0.3, 0, -0.1, 0, 0, 0.02});
    Stage activation = new Stage.Elementwise("activation", polynomial);
    List<Stage> stages = List.of(chains.dense(8, 8), activation, chains.dense(4, 8));
    StageGraph graph = StageGraph.chain(stages, 8, Optional.empty());
    SchedulePass pass =
        new SchedulePass(
            graph,
            List.of(chains.rows(4, 8)),
            4,
            OptionalDouble.empty(),
            Optional.of(new Flooding(64)));
    assertThat(pass.runIn(16384, 1)).isEmpty();
    assertThat(pass.refusal())
        .contains("circuit privacy of 64 bits")
        .containsPattern(" \\d+ bits are missing; ask for as many bits fewer")
        .contains("allow a larger error")
        .contains("polynomials of a lower degree");
  }

  @Test
  void networksThatDoNotFitWithoutItAreRefusedForThat() {
    SchedulePass pass = pass(OptionalDouble.of(1e-30), Optional.of(new Flooding(40)));
    assertThat(pass.run(1)).isEmpty();
    assertThat(pass.refusal()).doesNotContain("circuit privacy").contains("an error of 1.0e-30");
  }
}
