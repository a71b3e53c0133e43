package io.silenda.infer.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.infer.packing.Diagonal;
import io.silenda.infer.packing.LinearBlock;
import io.silenda.infer.packing.PackedLinear;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinearWorkTest {
  private static final int PRIMES = 5;
  private static final int DEGREE = 8192;

  @Test
  void blocksOfOneCiphertextShareADecompositionAndBabySteps() {
    List<LinearBlock> together = List.of(block(0, 0, 1, 2), block(0, 1, 2, 3));
    Work work = work(linear(together, 2, new int[0], false), DEGREE);
    assertThat(work.transforms())
        .isEqualTo(Work.decompose(PRIMES).transforms() + 4 * Work.divide(PRIMES).transforms());
    double products = 4 * 2.0 * (PRIMES + 1) + 4 * Work.divide(PRIMES).products();
    assertThat(work.products())
        .as("steps 1, 2 and 3 once each")
        .isEqualTo(products + 3 * Work.keyProducts(PRIMES).products());
    List<LinearBlock> apart = List.of(block(0, 0, 1, 2), block(1, 1, 2, 3));
    assertThat(work(linear(apart, 2, new int[0], false), DEGREE).transforms())
        .isEqualTo(work.transforms() + Work.decompose(PRIMES).transforms());
  }

  @Test
  void thoseWhoseSumsDoNotFitTogetherAreDecomposedAnew() {
    List<LinearBlock> blocks = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      blocks.add(block(0, i, 1, 2));
    }
    PackedLinear linear = linear(blocks, 12, new int[0], false);
    double once = 24 * Work.divide(PRIMES).transforms() + Work.decompose(PRIMES).transforms();
    assertThat(work(linear, 8192).transforms()).isEqualTo(once);
    // 2^23 words hold the sums of ten such blocks at 32768: two sums of two polynomials each.
    assertThat(work(linear, 32768).transforms())
        .isEqualTo(once + Work.decompose(PRIMES).transforms());
  }

  @Test
  void aPairOfFoldsIsOneDecompositionAndThreeKeys() {
    List<LinearBlock> one = List.of(block(0, 0, 1));
    Work none = work(linear(one, 1, new int[0], false), DEGREE);
    Work single = work(linear(one, 1, new int[] {16, 32, 64}, false), DEGREE);
    Work paired = work(linear(one, 1, new int[] {16, 32, 64}, true), DEGREE);
    int left = PRIMES - 1;
    Work fold = Work.rotations(left, 1);
    assertThat(single).isEqualTo(none.plus(fold.times(3)));
    assertThat(paired.transforms()).isEqualTo(none.plus(fold.times(2)).transforms());
    assertThat(paired.products())
        .isEqualTo(none.plus(fold.times(2)).products() + 2 * Work.keyProducts(left).products());
  }

  @Test
  void withoutBabyStepsTheInputIsNotDecomposed() {
    LinearBlock giants = new LinearBlock(0, 0, 0, List.of(diagonal(16, 0), diagonal(32, 0)));
    double giant = Work.divide(PRIMES).plus(Work.decompose(PRIMES)).transforms();
    assertThat(work(linear(List.of(giants), 1, new int[0], false), DEGREE).transforms())
        .isEqualTo(2 * giant + 2 * Work.divideAndRescale(PRIMES).transforms());
    LinearBlock still = new LinearBlock(0, 0, 0, List.of(diagonal(0, 0)));
    assertThat(work(linear(List.of(still), 1, new int[0], false), DEGREE).transforms())
        .isEqualTo(Work.rescale(PRIMES).transforms());
  }

  /** Without the rescale that several blocks share. */
  private static Work work(PackedLinear linear, int degree) {
    Work work = new LinearWork(linear, PRIMES, degree, true).total();
    return linear.isSingleBlock()
        ? work
        : work.plus(Work.rescale(PRIMES).times(-linear.biases().size()));
  }

  private static PackedLinear linear(
      List<LinearBlock> blocks, int results, int[] folds, boolean pairsFolds) {
    List<double[]> biases = new ArrayList<>();
    for (int i = 0; i < results; i++) {
      biases.add(new double[1]);
    }
    return new PackedLinear(
        "layer", List.of(0), blocks, folds, pairsFolds, biases, new double[] {1});
  }

  private static LinearBlock block(int inBlock, int outBlock, int... babies) {
    List<Diagonal> diagonals = new ArrayList<>();
    for (int baby : babies) {
      diagonals.add(diagonal(0, baby));
    }
    return new LinearBlock(0, inBlock, outBlock, diagonals);
  }

  private static Diagonal diagonal(int giant, int baby) {
    return new Diagonal(giant, baby, new double[] {1});
  }
}
