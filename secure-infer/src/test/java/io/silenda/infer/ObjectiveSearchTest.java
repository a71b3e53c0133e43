package io.silenda.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.infer.cost.CostModel;
import io.silenda.infer.cost.MachineCosts;
import io.silenda.infer.graph.SmallNetworks;
import io.silenda.infer.schedule.NativeBytes;
import io.silenda.infer.schedule.ScheduledProgram;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectiveSearchTest {
  @TempDir private Path folder;

  @Test
  void noOtherObjectivesProgramSuitsAnObjectiveBetter() throws Exception {
    Path model = SmallNetworks.withPolynomial(folder, 0, 0, 1);
    Map<Objective, ScheduledProgram> programs = new EnumMap<>(Objective.class);
    for (Objective objective : Objective.values()) {
      CompileOptions options = CompileOptions.automatic().withObjective(objective);
      programs.put(
          objective, PrivateModel.fromOnnx(model).compile(options).serverBundle().program());
    }
    CostModel costs = new CostModel(MachineCosts.builtIn());
    for (Objective objective : Objective.values()) {
      ObjectiveSearch search = new ObjectiveSearch(objective, OptionalInt.empty(), costs);
      double own = search.score(program(programs, objective));
      programs.forEach(
          (other, program) -> {
            if (objective != Objective.LATENCY || program.program().batch() == 1) {
              assertThat(own)
                  .as("%s beside the program for %s", objective, other)
                  .isLessThanOrEqualTo(search.score(program));
            }
          });
    }
    assertThat(program(programs, Objective.LATENCY).program().batch()).isEqualTo(1);
    ScheduledProgram throughput = program(programs, Objective.THROUGHPUT);
    assertThat(throughput.program().batch()).isGreaterThan(64);
    assertThat(costs.millis(throughput) / throughput.program().batch())
        .isLessThan(costs.millis(program(programs, Objective.LATENCY)) / 50);
    assertThat(NativeBytes.ofSentKeys(program(programs, Objective.KEYS)))
        .isLessThanOrEqualTo(NativeBytes.ofSentKeys(throughput));
  }

  private static ScheduledProgram program(
      Map<Objective, ScheduledProgram> programs, Objective objective) {
    return Objects.requireNonNull(programs.get(objective));
  }

  @Test
  void aBatchThatWasAskedForStays() throws Exception {
    Path model = SmallNetworks.withPolynomial(folder, 0, 0, 1);
    CompiledModel compiled =
        PrivateModel.fromOnnx(model)
            .compile(CompileOptions.automatic().withBatch(3).withObjective(Objective.KEYS));
    assertThat(compiled.batch()).isEqualTo(3);
    assertThat(compiled.serverBundle().program().program().batch()).isEqualTo(4);
  }
}
