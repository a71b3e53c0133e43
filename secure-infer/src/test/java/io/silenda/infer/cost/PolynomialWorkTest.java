package io.silenda.infer.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.he.Polynomial;
import io.silenda.he.Polynomial.Basis;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PolynomialWorkTest {
  private static final int PRIMES = 9;

  @Test
  void onePowerIsOneProductAndTheSumOneRescale() {
    Work work = work(Basis.CHEBYSHEV, 0, 0, 1);
    Work expected = product(PRIMES).plus(Work.rescale(PRIMES - 1));
    assertThat(work.transforms()).isEqualTo(expected.transforms());
  }

  @Test
  void aCubicIsASquareAndTwoProducts() {
    // p = q·T_2 + r with a linear q: the square, q's rescale, and the product's relinearization.
    Work expected =
        product(PRIMES).plus(Work.rescale(PRIMES)).plus(Work.relinearizeRescale(PRIMES - 1));
    assertThat(work(Basis.CHEBYSHEV, 0.1, 0.2, 0.3, 0.4).transforms())
        .isEqualTo(expected.transforms());
  }

  @Test
  void higherDegreesTakeMoreAndZerosTakeLess() {
    double before = 0;
    for (int degree = 2; degree <= 31; degree++) {
      double[] coefficients = new double[degree + 1];
      Arrays.fill(coefficients, 0.5);
      double transforms = work(Basis.CHEBYSHEV, coefficients).transforms();
      if (Integer.bitCount(degree + 1) == 1) {
        assertThat(transforms).as("degree %d", degree).isGreaterThan(before);
        before = transforms;
      }
      double[] sparse = new double[degree + 1];
      sparse[degree] = 0.5;
      assertThat(work(Basis.MONOMIAL, sparse).transforms()).isLessThanOrEqualTo(transforms);
    }
  }

  private static Work product(int left) {
    return Work.multiply(left).plus(Work.relinearizeRescale(left));
  }

  private static Work work(Basis basis, double... coefficients) {
    return PolynomialWork.of(new Polynomial(basis, coefficients), PRIMES);
  }
}
