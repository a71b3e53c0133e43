package io.silenda.infer.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.he.Polynomial;
import io.silenda.he.Polynomial.Basis;
import io.silenda.infer.packing.RandomChains;
import io.silenda.infer.packing.Stage;
import io.silenda.infer.packing.StageGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RefusalTest {
  private final RandomChains chains = new RandomChains(8);

  @Test
  void aNetworkThatIsTooDeepIsToldHowManyLevelsAreMissing() {
    SchedulePass pass = schedule(deep(40), OptionalDouble.empty());
    assertThat(pass.run(1)).isEmpty();
    assertThat(pass.refusal())
        .contains("it takes 80 levels, N=65536 has about 58 for this error: 22 are missing")
        .contains("lower degree, squares (one level each), fewer layers");
  }

  @Test
  void theDeepestLayersAreNamed() {
    double[] coefficients = new double[32];
    coefficients[31] = 1;
    List<Stage> stages = new ArrayList<>(deep(20).stages());
    stages.add(new Stage.Elementwise("gelu7", new Polynomial(Basis.CHEBYSHEV, coefficients)));
    stages.addAll(deep(10).stages());
    StageGraph graph = StageGraph.chain(stages, 8, Optional.empty());
    assertThat(Refusal.reason(graph, 1, 1e-3)).contains("gelu7 takes 5");
  }

  @Test
  void anErrorThatIsTooSmallIsNamed() {
    SchedulePass pass = schedule(deep(2), OptionalDouble.of(1e-30));
    assertThat(pass.run(1)).isEmpty();
    assertThat(pass.refusal()).contains("an error of 1.0e-30: allow a larger error");
  }

  @Test
  void anInputThatIsTooLargeIsNamed() {
    StageGraph graph = StageGraph.chain(List.of(chains.dense(1, 40_000)), 40_000, Optional.empty());
    assertThat(Refusal.reason(graph, 1, 0.1))
        .contains("40000 values, one ciphertext holds at most 32768");
  }

  private StageGraph deep(int squares) {
    List<Stage> stages = new ArrayList<>(List.of(chains.dense(8, 8)));
    for (int i = 0; i < squares; i++) {
      stages.add(RandomChains.square());
      stages.add(chains.dense(8, 8));
    }
    return StageGraph.chain(stages, 8, Optional.empty());
  }

  private SchedulePass schedule(StageGraph graph, OptionalDouble maxError) {
    return new SchedulePass(graph, List.of(chains.rows(4, 8)), 4, maxError);
  }
}
