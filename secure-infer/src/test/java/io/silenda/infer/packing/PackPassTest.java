package io.silenda.infer.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackPassTest {
  private static final int SLOTS = 2048;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void denseChainsOfAnySizeComputeWhatTheyMean(long seed) {
    RandomChains chains = new RandomChains(seed);
    int in = 3 + (int) (seed * 37 % 200);
    int hidden = 2 + (int) (seed * 53 % 90);
    int out = 1 + (int) (seed % 12);
    List<Stage> stages =
        List.of(chains.dense(hidden, in), RandomChains.square(), chains.dense(out, hidden));
    for (int batch = 1; batch <= 8; batch *= 2) {
      assertComputes(chains, stages, in, Optional.empty(), batch, seed);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void convolutionsWithStrideComputeWhatTheyMean(int stride) {
    RandomChains chains = new RandomChains(100 + stride);
    Stage.Linear convolution = chains.convolution(14, 5, 3, stride);
    List<Stage> stages =
        List.of(convolution, RandomChains.square(), chains.dense(10, convolution.outputSize()));
    assertComputes(chains, stages, 196, Optional.of(new ImageShape(1, 14, 14)), 1, stride);
  }

  @Test
  void aStridedConvolutionTakesFarFewerDiagonalsThanItsDenseMatrix() {
    RandomChains chains = new RandomChains(7);
    Stage.Linear convolution = chains.convolution(28, 4, 7, 3);
    List<Stage> stages = List.of(convolution, RandomChains.square(), chains.dense(10, 256));
    PackedProgram program =
        PackPass.run(
                StageGraph.chain(stages, 784, Optional.of(new ImageShape(1, 28, 28))),
                4096,
                1,
                Answers.ONCE)
            .orElseThrow();
    PackedLinear first = (PackedLinear) program.steps().get(0);
    assertThat(first.diagonalCount()).isEqualTo(16);
    assertThat(first.rotationCount() + first.foldCount()).isLessThanOrEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512, 1024})
  void tensorsOfSeveralCiphertextsComputeWhatTheyMean(int slotCount) {
    RandomChains chains = new RandomChains(slotCount);
    Stage.Linear first = chains.convolution(10, 12, 3, 1);
    Stage.Linear second = chains.dense(150, first.outputSize());
    StageGraph graph =
        StageGraph.chain(
            List.of(
                first, RandomChains.square(), second, RandomChains.square(), chains.dense(9, 150)),
            100,
            Optional.of(new ImageShape(1, 10, 10)));
    PackedProgram program = PackPass.run(graph, slotCount, 1, Answers.ONCE).orElseThrow();
    assertThat(program.blocks()[1]).isGreaterThan((768 - 1) / slotCount);
    assertComputes(chains, graph, slotCount, 1, slotCount);
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 128, 512, 2048})
  void sumsAndProductsOfTensorsComputeWhatTheyMean(int slotCount) {
    RandomChains chains = new RandomChains(slotCount);
    StageGraph graph = RandomChains.branching(chains);
    assertComputes(chains, graph, slotCount, 1, slotCount);
    assertComputes(chains, graph, 2 * slotCount, 2, slotCount);
  }

  @Test
  void answersStandBehindTheNoisySlots() {
    RandomChains chains = new RandomChains(3);
    StageGraph graph = StageGraph.chain(List.of(chains.dense(10, 64)), 64, Optional.empty());
    assertThat(PackPass.run(graph, SLOTS, 1, Answers.ONCE).orElseThrow().output().positions()[0])
        .isEqualTo(4);
    assertThat(PackPass.run(graph, SLOTS, 8, Answers.ONCE).orElseThrow().output().positions()[0])
        .isEqualTo(1);
  }

  @Test
  void slotsBesideTheAnswerAreZero() {
    RandomChains chains = new RandomChains(11);
    List<Stage> stages = List.of(chains.dense(40, 60), RandomChains.square(), chains.dense(10, 40));
    PackedProgram program =
        PackPass.run(StageGraph.chain(stages, 60, Optional.empty()), SLOTS, 4, Answers.ONCE)
            .orElseThrow();
    double[] slots = program.run(program.input().pack(chains.rows(4, 60)));
    assertThat(program.output().largestOutside(slots)).isZero();
    slots[slots.length - 1] = 3;
    assertThat(program.output().largestOutside(slots)).isEqualTo(3);
  }

  @Test
  void copiesOfTheAnswerSaveRotations() {
    RandomChains chains = new RandomChains(13);
    StageGraph graph = StageGraph.chain(List.of(chains.dense(1, 30)), 30, Optional.empty());
    assertThat(rotations(PackPass.run(graph, SLOTS, 64, Answers.ONCE).orElseThrow())).isEqualTo(29);
    PackedProgram program = PackPass.run(graph, SLOTS, 64, Answers.REPEATED).orElseThrow();
    assertThat(rotations(program)).isEqualTo(5);
    assertThat(program.output().copies()).isEqualTo(16);
  }

  private static int rotations(PackedProgram program) {
    PackedLinear layer = (PackedLinear) program.steps().get(0);
    return layer.rotationCount() + layer.foldCount();
  }

  @Test
  void slotsBetweenCopiesOfTheAnswerAreZero() {
    RandomChains chains = new RandomChains(14);
    StageGraph graph = StageGraph.chain(List.of(chains.dense(3, 50)), 50, Optional.empty());
    PackedProgram program = PackPass.run(graph, SLOTS, 2, Answers.REPEATED).orElseThrow();
    double[] slots = program.run(program.input().pack(chains.rows(2, 50)));
    int part = SLOTS / program.output().copies();
    for (int slot = 0; slot < SLOTS; slot++) {
      double[] spoilt = slots.clone();
      spoilt[slot] += 3;
      boolean isZero = slot % part >= 2 * 3;
      assertThat(program.output().largestOutside(spoilt) > 2).as("slot %d", slot).isEqualTo(isZero);
    }
  }

  @Test
  void aRowThatDoesNotFitItsLaneIsNoProgram() {
    RandomChains chains = new RandomChains(12);
    StageGraph graph = StageGraph.chain(List.of(chains.dense(3, 100)), 100, Optional.empty());
    assertThat(PackPass.run(graph, SLOTS, 32, Answers.ONCE)).isEmpty();
    assertThat(PackPass.run(graph, SLOTS, 16, Answers.ONCE)).isPresent();
  }

  private static void assertComputes(
      RandomChains chains,
      List<Stage> stages,
      int inputSize,
      Optional<ImageShape> image,
      int batch,
      long seed) {
    assertComputes(chains, StageGraph.chain(stages, inputSize, image), SLOTS, batch, seed);
  }

  private static void assertComputes(
      RandomChains chains, StageGraph graph, int slotCount, int batch, long seed) {
    for (Answers answers : Answers.values()) {
      assertComputes(chains, graph, slotCount, batch, answers, seed);
    }
  }

  private static void assertComputes(
      RandomChains chains, StageGraph graph, int slotCount, int batch, Answers layout, long seed) {
    PackedProgram program = PackPass.run(graph, slotCount, batch, layout).orElseThrow();
    double[][] rows = chains.rows(batch, graph.inputSize());
    double[] slots = program.run(program.input().pack(rows));
    assertThat(program.output().largestOutside(slots)).isLessThan(1e-9);
    double[][] answers = program.output().unpack(slots, batch);
    for (int row = 0; row < batch; row++) {
      double[] expected = RandomChains.evaluate(graph, rows[row]);
      for (int i = 0; i < expected.length; i++) {
        assertThat(answers[row][i])
            .as("seed %d, %s, batch %d, row %d, output %d", seed, layout, batch, row, i)
            .isCloseTo(expected[i], within(1e-9));
      }
    }
  }
}
