package io.silenda.infer.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.silenda.infer.approx.AccuracyBudget;
import io.silenda.infer.approx.ApproximatePass;
import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.GraphInterpreter;
import io.silenda.infer.graph.OnnxImporter;
import io.silenda.infer.graph.SmallNetworks;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoweringTest {
  private static final long SEED = 4;

  @TempDir private Path folder;

  @Test
  void aQuadraticIsASquareBetweenTwoLinearStages() throws Exception {
    Graph graph = OnnxImporter.read(SmallNetworks.withPolynomial(folder, 0.5, -1, 0.25));
    StageGraph chain = Lowering.run(graph);
    assertThat(chain.stages()).hasSize(3);
    assertThat(depths(chain)).containsExactly(1, 1, 1);
    assertComputes(graph, chain);
  }

  @Test
  void aCubicStaysOnePolynomialOfTwoLevels() throws Exception {
    Graph graph = OnnxImporter.read(SmallNetworks.withPolynomial(folder, 0.1, 0.5, 0, -0.2));
    StageGraph chain = Lowering.run(graph);
    assertThat(depths(chain)).containsExactly(1, 2, 1);
    assertComputes(graph, chain);
  }

  @Test
  void fourthPowersAreSquaresInARow() throws Exception {
    Graph graph = OnnxImporter.read(SmallNetworks.withPolynomial(folder, 0, 0, 0, 0, 0.5));
    StageGraph chain = Lowering.run(graph);
    assertThat(depths(chain)).containsExactly(1, 1, 1, 1);
    assertComputes(graph, chain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Relu", "Sigmoid", "Tanh", "Gelu"})
  void anApproximationIsScaledByItsNeighbour(String type) throws Exception {
    Graph graph = OnnxImporter.read(SmallNetworks.withActivation(folder, type));
    Graph approximated = ApproximatePass.run(graph, rows(100), AccuracyBudget.standard()).graph();
    StageGraph chain = Lowering.run(approximated);
    assertThat(chain.stages()).hasSize(3);
    for (double[] row : rows(100)) {
      double[] scaled = chain.stages().get(0).apply(List.of(row));
      assertThat(Arrays.stream(scaled).boxed().toList())
          .allMatch(t -> Math.abs(t) < 1 || chain.stages().get(1).depth() == 1);
    }
    assertComputes(approximated, chain);
  }

  @Test
  void everySlotOfAPackedApproximationStaysInTheInterval() throws Exception {
    Graph graph = OnnxImporter.read(SmallNetworks.withActivation(folder, "Relu"));
    AccuracyBudget tight = new AccuracyBudget(1, 0.02, OptionalDouble.empty(), 0.25);
    StageGraph chain = Lowering.run(ApproximatePass.run(graph, rows(100), tight).graph());
    PackedProgram program = PackPass.run(chain, 2048, 4, Answers.ONCE).orElseThrow();
    double[][] rows = rows(3).toArray(new double[0][]);
    double[] slots =
        program.steps().get(0).apply(List.of(List.of(program.input().pack(rows)))).get(0);
    assertThat(Arrays.stream(slots).boxed().toList())
        .as("slots without an element, and of a row that is missing, too")
        .allMatch(t -> Math.abs(t) <= 1);
  }

  private static int[] depths(StageGraph chain) {
    return chain.stages().stream().mapToInt(Stage::depth).toArray();
  }

  private static void assertComputes(Graph graph, StageGraph chain) {
    for (double[] row : rows(5)) {
      double[] expected = new GraphInterpreter(graph).evaluate(row);
      assertThat(RandomChains.evaluate(chain, row))
          .as("seed %d", SEED)
          .containsExactly(expected, within(1e-9));
    }
  }

  private static List<double[]> rows(int count) {
    SplittableRandom random = new SplittableRandom(SEED);
    return IntStream.range(0, count)
        .mapToObj(i -> random.doubles(SmallNetworks.INPUTS, -1, 1).toArray())
        .toList();
  }
}
