package io.silenda.bench.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepBenchTest {
  @Test
  void everyNetworkHasASampleARound() throws Exception {
    List<Integer> done = new ArrayList<>();
    List<StepCost> costs = new StepBench(2, 1).run((phase, so, total) -> done.add(so));
    assertThat(costs)
        .extracting(cost -> cost.parameters().get("network"))
        .containsExactly("mlp", "cnn", "logistic");
    assertThat(done).isSorted().endsWith(6);
    for (StepCost cost : costs) {
      assertThat(cost.plainNanos().samples()).hasSize(2).allMatch(nanos -> nanos > 0);
      for (int round = 0; round < 2; round++) {
        assertThat(cost.ratio().samples().get(round))
            .isEqualTo(
                cost.plainNanos().samples().get(round) / cost.privateNanos().samples().get(round));
      }
    }
  }
}
