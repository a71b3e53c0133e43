package io.silenda.he.oblivious;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The values; that nothing depends on them is shown on traces by the native tests. */
class ObliviousKernelsTest {
  private static final long SEED = 955;

  @Test
  void reluIsThePositivePart() {
    float[] values = {-1, -0f, 0, 2.5f, Float.NEGATIVE_INFINITY, Float.NaN, Float.MIN_VALUE};
    assertThat(ObliviousKernels.relu(values))
        .containsExactly(0, 0, 0, 2.5f, 0, Float.NaN, Float.MIN_VALUE);
    assertThat(ObliviousKernels.relu(new float[0])).isEmpty();
  }

  @Test
  void argMaxTakesTheFirstOfEquals() {
    assertThat(ObliviousKernels.argMax(new float[] {-3, 7, Float.NaN, 7})).isEqualTo(1);
    assertThat(ObliviousKernels.argMax(new float[] {-0f, 0f})).isZero();
    assertThat(ObliviousKernels.argMax(new float[] {Float.NaN, Float.NEGATIVE_INFINITY})).isOne();
    assertThatThrownBy(() -> ObliviousKernels.argMax(new float[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void topKEqualsSorting() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int turn = 0; turn < 50; turn++) {
      float[] values = new float[1 + random.nextInt(60)];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextInt(-20, 20) / 4f;
      }
      int[] order =
          IntStream.range(0, values.length)
              .boxed()
              .sorted(Comparator.comparing(i -> -values[i]))
              .mapToInt(i -> i)
              .limit(7)
              .toArray();
      TopK top = ObliviousKernels.topK(values, order.length);
      assertThat(top.indices()).as("seed %d, turn %d", SEED, turn).isEqualTo(order);
      for (int i = 0; i < order.length; i++) {
        assertThat(top.values()[i]).isEqualTo(values[order[i]]);
      }
    }
    assertThatThrownBy(() -> ObliviousKernels.topK(new float[3], 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[1, 3]");
  }

  @Test
  void maxPoolTakesTheLargestOfEachWindow() {
    float[] planes = {1, 2, 3, 4, 5, 6, 7, 8, -1, -2, -3, -4, -5, -6, -7, -8};
    assertThat(ObliviousKernels.maxPool(planes, PoolWindow.square(2, 2, 4, 2)))
        .containsExactly(6, 8, -1, -3);
    PoolWindow padded = new PoolWindow(2, 2, 4, 2, 2, 2, 2, 1, 1, 1, 1);
    assertThat(ObliviousKernels.maxPool(planes, padded))
        .containsExactly(1, 3, 4, 5, 7, 8, -1, -2, -4, -5, -6, -8);
    assertThatThrownBy(() -> ObliviousKernels.maxPool(planes, PoolWindow.square(1, 2, 4, 2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PoolWindow(1, 2, 4, 2, 2, 2, 2, 2, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("padTop");
  }

  @Test
  void aTableGivesItsRows() {
    float[] table = {1, 2, 3, 4, 5, 6};
    assertThat(ObliviousKernels.lookUp(table, 2, 2)).containsExactly(5, 6);
    for (int index : new int[] {-1, 3, Integer.MIN_VALUE}) {
      assertThatThrownBy(() -> ObliviousKernels.lookUp(table, 2, index))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("has 3");
    }
    assertThatThrownBy(() -> ObliviousKernels.lookUp(table, 4, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
