package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.he.Polynomial.Basis;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolynomialTest {
  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,2", "4,3", "7,3", "8,4", "15,4", "16,5", "31,5", "32,6", "63,6"})
  void depthIsTheLogarithmRoundedUp(int degree, int depth) {
    double[] coefficients = new double[degree + 1];
    coefficients[degree] = 1;
    assertThat(new Polynomial(Basis.MONOMIAL, coefficients).depth()).isEqualTo(depth);
  }

  @Test
  void dropsTrailingZerosAndCopies() {
    double[] coefficients = {1, 2, 0, 0};
    Polynomial polynomial = new Polynomial(Basis.MONOMIAL, coefficients);
    coefficients[0] = 9;
    polynomial.coefficients()[1] = 9;
    assertThat(polynomial.coefficients()).containsExactly(1, 2);
    assertThat(polynomial.degree()).isEqualTo(1);
    assertThat(polynomial)
        .isEqualTo(new Polynomial(Basis.MONOMIAL, new double[] {1, 2}))
        .hasSameHashCodeAs(new Polynomial(Basis.MONOMIAL, new double[] {1, 2}))
        .isNotEqualTo(new Polynomial(Basis.CHEBYSHEV, new double[] {1, 2}));
    assertThat(polynomial.toString()).contains("MONOMIAL").contains("[1.0, 2.0]");
  }

  @Test
  void valuesFollowTheDefinition() {
    Random random = new Random(5);
    double[] coefficients = HeFixture.randomValues(random, 32);
    for (int trial = 0; trial < 20; trial++) {
      double x = random.nextDouble() * 2 - 1;
      double monomial = 0;
      double chebyshev = 0;
      for (int k = 0; k < coefficients.length; k++) {
        monomial += coefficients[k] * Math.pow(x, k);
        chebyshev += coefficients[k] * Math.cos(k * Math.acos(x));
      }
      assertThat(new Polynomial(Basis.MONOMIAL, coefficients).valueAt(x))
          .isCloseTo(monomial, Offset.offset(1e-12));
      assertThat(new Polynomial(Basis.CHEBYSHEV, coefficients).valueAt(x))
          .isCloseTo(chebyshev, Offset.offset(1e-12));
    }
  }

  @Test
  void refusesConstantsHighDegreesAndWhatIsNotFinite() {
    assertThatThrownBy(() -> new Polynomial(Basis.MONOMIAL, new double[] {3, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("coefficients has degree 0, not in 1..63");
    assertThatThrownBy(() -> new Polynomial(Basis.MONOMIAL, new double[0]))
        .isInstanceOf(IllegalArgumentException.class);
    double[] high = new double[65];
    high[64] = 1;
    assertThatThrownBy(() -> new Polynomial(Basis.CHEBYSHEV, high))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("64");
    assertThatThrownBy(() -> new Polynomial(Basis.MONOMIAL, new double[] {0, Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("coefficients[1]");
  }
}
