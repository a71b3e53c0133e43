package io.silenda.bench.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkModelTest {
  private static final int DEGREE = 8192;

  /** Five primes: 5 inverse transforms, 25 forward, and 2 · (1 + 5) for the divisions. */
  @Test
  void rotationCountsItsTransformsAndProducts() {
    WorkModel model = new WorkModel("portable", DEGREE, 5);
    double transforms = 42.0 * DEGREE / 2 * 13 * 3;
    double products = (2.0 * 5 * 6 + 2 * 2 * 5) * DEGREE;
    assertThat(model.rotation().multiplications()).isEqualTo(transforms + products);
  }

  /** A key of five digits modulo six primes, two operands and two results. */
  @Test
  void rotationStreamsItsKey() {
    WorkModel model = new WorkModel("portable", DEGREE, 5);
    assertThat(model.keyBytes()).isEqualTo(2L * 5 * 6 * DEGREE * 8);
    assertThat(model.rotation().bytes()).isEqualTo(model.keyBytes() + 20.0 * DEGREE * 8);
  }

  @Test
  void hoistedRotationsShareOneDecomposition() {
    WorkModel model = new WorkModel("avx2", DEGREE, 5);
    assertThat(model.hoisted(8, 8).multiplications())
        .isLessThan(4 * model.rotation().multiplications());
    assertThat(model.hoisted(8, 8).bytes()).isGreaterThan(8.0 * model.keyBytes());
  }
}
