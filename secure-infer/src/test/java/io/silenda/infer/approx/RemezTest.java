package io.silenda.infer.approx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.silenda.infer.graph.ActivationKind;
import io.silenda.infer.graph.Operator.Activation;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemezTest {
  private static final double ROUNDING = 1e-12;

  /** Bernstein's constant: the limit of 2n · E_2n(|x|); Varga and Carpenter, 1985. */
  private static final double BERNSTEIN = 0.2801694990238691;

  @Test
  void theAbsoluteValueHasItsKnownErrors() {
    assertThat(Remez.fit(Math::abs, 2).maxError()).isCloseTo(0.125, within(1e-9));
    // Bernstein's limit is reached from below, with an error of order 1/n².
    double far = 32 * Remez.fit(Math::abs, 32).maxError();
    double further = 64 * Remez.fit(Math::abs, 64).maxError();
    assertThat(far).isCloseTo(BERNSTEIN, within(4e-4)).isLessThan(BERNSTEIN);
    assertThat((4 * further - far) / 3).isCloseTo(BERNSTEIN, within(2e-6));
  }

  @Test
  void theExponentialHasItsKnownLine() {
    double slope = Math.sinh(1);
    double constant = (Math.E - slope * Math.log(slope)) / 2;
    Remez.Fit fit = Remez.fit(Math::exp, 1);
    assertThat(fit.coefficients()).containsExactly(new double[] {constant, slope}, within(1e-9));
    assertThat(fit.maxError()).isCloseTo(Math.E - slope - constant, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8, 20, 40})
  void thePoleHasChebyshevsClosedForm(int degree) {
    double a = 1.25;
    double root = Math.sqrt(a * a - 1);
    double expected = Math.pow(a - root, degree) / (root * root);
    Remez.Fit fit = Remez.fit(t -> 1 / (t - a), degree);
    assertThat(fit.maxError()).isCloseTo(expected, within(1e-8 * expected + 1e-13));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 6, 11})
  void aPowerLosesItsChebyshevPolynomial(int power) {
    Remez.Fit fit = Remez.fit(t -> Math.pow(t, power), power - 1);
    assertThat(fit.maxError()).isCloseTo(Math.pow(2, 1 - power), within(1e-10));
  }

  @Test
  void aPolynomialIsGivenBack() {
    double[] coefficients = {0.5, -2, 0, 1.5};
    Remez.Fit fit = Remez.fit(t -> ChebyshevSeries.valueAt(coefficients, t), 5);
    assertThat(fit.coefficients())
        .containsExactly(new double[] {0.5, -2, 0, 1.5, 0, 0}, within(1e-12));
  }

  // Chebyshev's theorem needs a continuous function; two have a jump.
  @ParameterizedTest
  @EnumSource(
      names = {"SIGN", "THRESHOLDED_RELU"},
      mode = EnumSource.Mode.EXCLUDE)
  void errorsOfActivationsAlternate(ActivationKind kind) {
    Activation activation =
        new Activation(kind, parameter(kind), kind == ActivationKind.CLIP ? 3 : 1);
    DoubleUnaryOperator function = new Interval(-7.5, 5.25).onUnit(activation::apply);
    for (int degree : new int[] {1, 2, 3, 7, 10, 15, 31}) {
      assertEquioscillates(function, degree, kind + " degree " + degree);
    }
  }

  private static double parameter(ActivationKind kind) {
    return kind == ActivationKind.CLIP ? -2 : 0.2;
  }

  private static void assertEquioscillates(DoubleUnaryOperator function, int degree, String what) {
    Remez.Fit fit = Remez.fit(function, degree);
    assertThat(fit.reference()).as(what).hasSize(degree + 2).isSorted();
    double sign = 0;
    for (double t : fit.reference()) {
      double error = function.applyAsDouble(t) - ChebyshevSeries.valueAt(fit.coefficients(), t);
      assertThat(Math.abs(error))
          .as(what)
          .isCloseTo(fit.maxError(), within(1e-6 * fit.maxError() + ROUNDING));
      // Entire functions reach errors so small that rounding decides their signs.
      if (fit.maxError() > ROUNDING) {
        assertThat(error * sign).as(what + ": signs alternate").isLessThanOrEqualTo(0);
      }
      sign = Math.signum(error);
    }
    // No polynomial does better than the levelled error: the fit is the best one.
    assertThat(fit.maxError())
        .as(what)
        .isCloseTo(fit.levelledError(), within(1e-6 * fit.maxError() + ROUNDING));
  }

  @Test
  void aNegativeDegreeIsRefused() {
    assertThatThrownBy(() -> Remez.fit(Math::abs, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }
}
