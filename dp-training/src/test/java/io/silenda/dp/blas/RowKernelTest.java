package io.silenda.dp.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The native products beside sums of doubles. */
class RowKernelTest {
  private static final long SEED = 31;
  private static final double UNIT_ROUNDOFF = 0x1p-24;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private RowKernel kernel;

  @BeforeEach
  void open() {
    Optional<RowKernel> opened = RowKernel.open();
    assumeTrue(opened.isPresent(), "no row kernel for this processor");
    kernel = opened.get();
  }

  @AfterEach
  void close() {
    if (kernel != null) {
      kernel.close();
    }
  }

  /** Shapes below, at and beyond every block of the kernel. */
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "5, 7, 3", "6, 16, 16", "97, 401, 33", "200, 3, 17", "13, 810, 10"})
  void productsAreThoseOfDoubles(int rows, int columns, int width) {
    float[] a = normal(rows * columns);
    float[] b = normal(columns * width);
    for (boolean transposed : new boolean[] {false, true}) {
      float[] c = new float[rows * width];
      kernel.multiply(a, rows, columns, b, transposed, width, c);
      for (int i = 0; i < c.length; i++) {
        double exact = 0;
        double magnitude = 0;
        for (int k = 0; k < columns; k++) {
          int at = transposed ? i % width * columns + k : k * width + i % width;
          double term = (double) a[i / width * columns + k] * b[at];
          exact += term;
          magnitude += Math.abs(term);
        }
        assertThat((double) c[i])
            .as("seed %s, %s, %s", SEED, transposed, i)
            .isCloseTo(exact, within((columns + 1) * UNIT_ROUNDOFF * magnitude));
      }
    }
  }

  /** What a batch's other records are, and how many, changes no bit of a record's product. */
  @ParameterizedTest
  @CsvSource({"784, 33", "5, 3", "401, 16"})
  void aRowDoesNotDependOnItsPlace(int columns, int width) {
    float[] b = normal(columns * width);
    float[] row = normal(columns);
    float[] alone = new float[width];
    kernel.multiply(row, 1, columns, b, true, width, alone);
    for (int rows : new int[] {2, 5, 6, 7, 12, 95, 96, 97, 103, 200}) {
      float[] a = normal(rows * columns);
      a[random.nextInt(a.length)] = Float.NaN;
      int place = random.nextInt(rows);
      System.arraycopy(row, 0, a, place * columns, columns);
      float[] c = new float[rows * width];
      kernel.multiply(a, rows, columns, b, true, width, c);
      assertThat(Arrays.copyOfRange(c, place * width, (place + 1) * width))
          .as("seed %s, place %s of %s", SEED, place, rows)
          .isEqualTo(alone);
    }
  }

  /** Within the bound for sums of sums of {@link RowKernel#BLOCK}, which privacy relies on. */
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "64, 6, 16", "65, 7, 17", "300, 10, 50"})
  void sumsOfOuterProductsAreMadeOfShortSums(int records, int outputs, int inputs) {
    float[] gradients = new float[records * outputs];
    float[] values = new float[records * inputs];
    // All of one sign and far from few bits, so that long sums in floats would be seen.
    Arrays.setAll(new Float[gradients.length], i -> gradients[i] = 1 + random.nextInt(999) / 1e3f);
    Arrays.setAll(new Float[values.length], i -> values[i] = 1 + random.nextInt(999) / 1e3f);
    float[] factors = new float[records];
    Arrays.setAll(new Float[records], i -> factors[i] = i % 5 == 4 ? 0 : 1 / (1 + i % 3f));
    for (int i = 4; i < records; i += 5) {
      gradients[i * outputs] = Float.NaN;
      values[i * inputs] = Float.POSITIVE_INFINITY;
    }
    float[] sum = new float[outputs * inputs];
    kernel.sumOuter(gradients, outputs, factors, records, values, inputs, sum);
    double terms = Math.min(records, RowKernel.BLOCK) + Math.ceil(records / 64.0) + 3;
    for (int i = 0; i < sum.length; i++) {
      double exact = 0;
      for (int r = 0; r < records; r++) {
        if (factors[r] != 0) {
          exact +=
              (double) factors[r]
                  * gradients[r * outputs + i / inputs]
                  * values[r * inputs + i % inputs];
        }
      }
      assertThat((double) sum[i])
          .as("seed %s, %s", SEED, i)
          .isCloseTo(exact, within(terms * UNIT_ROUNDOFF * exact));
    }
  }

  @Test
  void normsAreThoseOfDoubles() {
    int columns = 29;
    float[] values = normal(3 * columns);
    values[columns] = Float.NaN;
    double[] norms = new double[3];
    kernel.squaredNorms(values, 3, columns, norms);
    double exact = 0;
    for (int i = 0; i < columns; i++) {
      exact += (double) values[i] * values[i];
    }
    assertThat(norms[0]).isCloseTo(exact, within(1e-13 * exact));
    assertThat(norms[1]).isNaN();
    assertThat(norms[2]).isFinite();
  }

  @Test
  void whatDoesNotFitIsRefused() {
    float[] four = new float[4];
    assertThatThrownBy(() -> kernel.multiply(four, 2, 2, four, true, 3, four))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 x 3");
    assertThatThrownBy(() -> kernel.sumOuter(four, 2, new float[1], 2, four, 2, four))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> kernel.squaredNorms(four, 2, 2, new double[1]))
        .isInstanceOf(IndexOutOfBoundsException.class);
    kernel.close();
    assertThatThrownBy(() -> kernel.multiply(four, 1, 1, four, true, 1, four))
        .isInstanceOf(IllegalStateException.class);
  }

  private float[] normal(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
