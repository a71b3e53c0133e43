package io.silenda.infer.packing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PackedLinearTest {
  private static final int SLOTS = 64;

  private static PackedLinear step(int outBlocks, int... folds) {
    List<LinearBlock> blocks =
        IntStream.range(0, outBlocks)
            .mapToObj(out -> new LinearBlock(0, 0, out, List.of(new Diagonal(0, 0, new double[1]))))
            .toList();
    List<double[]> biases = blocks.stream().map(block -> new double[1]).toList();
    return new PackedLinear(
        "step", List.of(0), blocks, folds, outBlocks == 1, biases, new double[] {1});
  }

  @Test
  void twoFoldsInARowAreOneGroup() {
    assertThat(step(1, 4, 8, 16).foldGroups())
        .containsExactly(new int[] {4, 8, 12}, new int[] {16});
    assertThat(step(1, 4, 8).foldGroups()).containsExactly(new int[] {4, 8, 12});
    assertThat(step(1).foldGroups()).isEmpty();
  }

  @Test
  void severalCiphertextsAreFoldedStepByStep() {
    assertThat(step(2, 4, 8).foldGroups()).containsExactly(new int[] {4}, new int[] {8});
  }

  @Test
  void groupsAddUpToWhatTheFoldsMean() {
    PackedLinear step = step(1, 2, 4, 8, 16, 32);
    double[] slots = new Random(1).ints(SLOTS, -9, 9).asDoubleStream().toArray();
    double[] folded = slots.clone();
    for (int[] group : step.foldGroups()) {
      double[] sum = folded.clone();
      for (int rotation : group) {
        for (int slot = 0; slot < SLOTS; slot++) {
          sum[slot] += folded[(slot + rotation) % SLOTS];
        }
      }
      folded = sum;
    }
    assertThat(folded).isEqualTo(Slots.fold(slots, step.folds()));
  }
}
