package io.silenda.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CurveFitTest {
  private static final double[] X = {1, 2, 4, 8};

  private static double[] y(java.util.function.DoubleUnaryOperator curve) {
    return Arrays.stream(X).map(curve).toArray();
  }

  @Test
  void findsAPowerLaw() {
    CurveFit fit = CurveFit.of(X, y(x -> 3e6 * Math.pow(x, 1.5)));
    assertThat(fit.form()).isEqualTo("power");
    assertThat(fit.a()).isCloseTo(3e6, within(1.0));
    assertThat(fit.b()).isCloseTo(1.5, within(1e-9));
    assertThat(fit.residual()).isLessThan(1e-9);
    assertThat(fit.text()).isEqualTo("3.00 ms · x^1.50");
  }

  @Test
  void findsALine() {
    CurveFit fit = CurveFit.of(X, y(x -> 5e6 + 2e6 * x));
    assertThat(fit.form()).isEqualTo("line");
    assertThat(fit.at(10)).isCloseTo(25e6, within(1.0));
    assertThat(fit.text()).isEqualTo("5.00 ms + 2.00 ms · x");
  }

  @Test
  void showsHowFarOffItIs() {
    CurveFit fit = CurveFit.of(X, new double[] {1.1, 1.8, 4.4, 7.2});
    assertThat(fit.residual()).isBetween(0.05, 0.2);
  }

  @Test
  void refusesTooLittle() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CurveFit.of(new double[] {1, 2}, new double[] {1, 2}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CurveFit.of(X, new double[] {1, 2, 0, 4}));
  }
}
