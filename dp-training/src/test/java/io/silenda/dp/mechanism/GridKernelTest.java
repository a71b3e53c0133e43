package io.silenda.dp.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The native loops beside what they stand for. */
class GridKernelTest {
  private static final long SEED = 4711;
  private static final int COUNT = 37;

  private final SplittableRandom random = new SplittableRandom(SEED);

  @BeforeEach
  void thereIsAKernel() {
    assumeTrue(NoiseKernel.inUse(), "no native noise kernel on this processor");
  }

  @Test
  void partsAreRoundedToWholeUnits() {
    double[] units = new double[COUNT + 2];
    double[] expected = new double[COUNT + 2];
    for (int round = 0; round < 50; round++) {
      float[] values = new float[COUNT];
      for (int i = 0; i < COUNT; i++) {
        // Halves as well, which are rounded to even.
        values[i] = random.nextInt(-4000, 4000) * 0.5f * (random.nextInt(3) == 0 ? 1e-3f : 1);
        expected[i + 1] += Math.rint(values[i] * 0.25);
      }
      assertThat(GridKernel.addTo(units, 1, values, COUNT, 0.25, 1e9)).isTrue();
    }
    assertThat(units).as("seed %s", SEED).isEqualTo(expected);
  }

  @Test
  void aSumBeyondTheLimitIsSeenAtEveryPlace() {
    double[] units = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      for (float bad : new float[] {9, -9, Float.NaN, Float.NEGATIVE_INFINITY}) {
        float[] values = new float[COUNT];
        values[i] = bad;
        assertThat(GridKernel.addTo(units, 0, values, COUNT, 1, 8))
            .as("%s at %s", bad, i)
            .isFalse();
        Arrays.fill(units, 0);
        values[i] = 8;
        assertThat(GridKernel.addTo(units, 0, values, COUNT, 1, 8)).isTrue();
        Arrays.fill(units, 0);
      }
    }
  }

  @Test
  void aReleaseAddsNoiseScalesAndForgets() {
    double[] units = random.doubles(COUNT, -1e9, 1e9).map(Math::rint).toArray();
    int[] noise = random.ints(COUNT).toArray();
    double[] left = units.clone();
    float[] values = new float[COUNT];
    GridKernel.releaseTo(values, left, 3, noise, COUNT - 4, 0.3);
    for (int i = 0; i < COUNT; i++) {
      boolean released = i >= 3 && i < COUNT - 1;
      assertThat(left[i]).isEqualTo(released ? 0 : units[i]);
      assertThat(values[i])
          .as("seed %s, %s", SEED, i)
          .isEqualTo(released ? (float) ((units[i] + noise[i - 3]) * 0.3) : 0);
    }
  }
}
