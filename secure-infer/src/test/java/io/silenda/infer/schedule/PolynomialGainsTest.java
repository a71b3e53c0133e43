package io.silenda.infer.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.silenda.he.Polynomial;
import io.silenda.he.Polynomial.Basis;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolynomialGainsTest {
  private static final long SEED = 9;

  @ParameterizedTest
  @EnumSource(Basis.class)
  void theGainOfTheInputIsTheDerivative(Basis basis) {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int degree = 1; degree <= 31; degree++) {
      Polynomial polynomial = new Polynomial(basis, random.doubles(degree + 1, -1, 1).toArray());
      double x = random.nextDouble(-0.9, 0.9);
      double h = 1e-6;
      double difference = (polynomial.valueAt(x + h) - polynomial.valueAt(x - h)) / (2 * h);
      assertThat(PolynomialGains.derivative(polynomial, x))
          .as("degree %d at %s, seed %d", degree, x, SEED)
          .isCloseTo(difference, within(1e-4 * (1 + Math.abs(difference))));
    }
  }

  @ParameterizedTest
  @EnumSource(Basis.class)
  void thePowersAreThoseThatTheEvaluatorComputes(Basis basis) {
    double[] coefficients = new double[8];
    coefficients[7] = 1;
    PolynomialGains gains =
        PolynomialGains.observe(new Polynomial(basis, coefficients), List.of(new double[] {0.5}));
    // T₇ = 2 T₄ T₃ − T₁ with T₃ = 2 T₂ T₁ − T₁; x⁷ = x⁴ x³ with x³ = x² x.
    assertThat(gains.powers()).containsExactly(2, 3, 4, 7);
    assertThat(gains.meanSquareGains()[3]).isEqualTo(1);
    double third = basis == Basis.CHEBYSHEV ? 4 * 0.125 - 3 * 0.5 : 0.125;
    double factor = basis == Basis.CHEBYSHEV ? 2 : 1;
    assertThat(gains.meanSquareGains()[2]).isCloseTo(square(factor * third), within(1e-12));
    assertThat(gains.inputMaxAbs()).isEqualTo(0.5);
  }

  private static double square(double x) {
    return x * x;
  }
}
