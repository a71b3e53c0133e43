package io.silenda.dp.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GridAccumulatorTest {
  private static final int DIMENSION = 9;

  private final GaussianMechanism mechanism = GaussianMechanism.ofParts(1, 1, DIMENSION);

  @Test
  void whatIsNoSumOfClippedRecordsIsNotReleased() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1e30}) {
      for (int place = 0; place < DIMENSION; place++) {
        double[] doubles = new double[DIMENSION];
        float[] floats = new float[DIMENSION];
        doubles[place] = bad;
        floats[place] = (float) bad;
        try (GridAccumulator ofDoubles = mechanism.accumulator();
            GridAccumulator ofFloats = mechanism.accumulator()) {
          ofDoubles.add(0, doubles, DIMENSION);
          ofFloats.add(0, floats, DIMENSION);
          refuses(ofDoubles);
          refuses(ofFloats);
        }
      }
    }
  }

  private static void refuses(GridAccumulator sum) {
    float[] values = new float[DIMENSION];
    try (NoiseSource source = NoiseSource.insecureSeeded(1)) {
      assertThatThrownBy(() -> sum.release(source, 1, values))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("finite");
      assertThat(values).containsOnly(0);
      // Nor is what comes later, until the sum is forgotten.
      sum.add(0, new float[DIMENSION], DIMENSION);
      assertThatThrownBy(() -> sum.release(source, 1, values))
          .isInstanceOf(IllegalArgumentException.class);
      sum.clear();
      sum.release(source, 1, values);
      assertThat(values[0]).isFinite();
    }
  }

  /** A release leaves nothing behind, and a part is added to what was there. */
  @Test
  void sumsBeginAnew() {
    float[] first = new float[DIMENSION];
    float[] second = new float[DIMENSION];
    try (GridAccumulator sum = mechanism.accumulator()) {
      float[] part = new float[DIMENSION];
      part[8] = 1000;
      sum.add(0, part, DIMENSION);
      sum.add(8, new float[] {500}, 1);
      release(sum, first);
      release(sum, second);
    }
    first[8] -= 1500;
    assertThat(first[8]).isBetween(second[8] - 1e-3f, second[8] + 1e-3f);
    first[8] = second[8];
    assertThat(first).isEqualTo(second);
  }

  private static void release(GridAccumulator sum, float[] values) {
    try (NoiseSource same = NoiseSource.insecureSeeded(2)) {
      sum.release(same, 1, values);
    }
  }
}
