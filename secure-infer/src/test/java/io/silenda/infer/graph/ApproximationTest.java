package io.silenda.infer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.silenda.infer.graph.Operator.Activation;
import io.silenda.infer.graph.Operator.Approximation;
import org.junit.jupiter.api.Test;

class ApproximationTest {
  private static final Activation RELU = new Activation(ActivationKind.RELU);

  @Test
  void isASeriesOnItsInterval() {
    // 1 + 2 T₁ + 3 T₂ on [2, 6]: t = (x − 4) / 2.
    Approximation approximation = new Approximation(RELU, 2, 6, new double[] {1, 2, 3});
    assertThat(approximation.apply(4)).isCloseTo(-2, within(1e-12));
    assertThat(approximation.apply(6)).isCloseTo(6, within(1e-12));
    assertThat(approximation.apply(5)).isCloseTo(1 + 1 - 1.5, within(1e-12));
    assertThat(approximation.unitScale() * 2 + approximation.unitShift()).isEqualTo(-1);
    assertThat(approximation.degree()).isEqualTo(2);
  }

  @Test
  void keepsItsCoefficients() {
    double[] coefficients = {1, 2, 3};
    Approximation approximation = new Approximation(RELU, 2, 6, coefficients);
    coefficients[0] = 9;
    approximation.coefficients()[1] = 9;
    assertThat(approximation).isEqualTo(new Approximation(RELU, 2, 6, new double[] {1, 2, 3}));
    assertThat(approximation)
        .hasSameHashCodeAs(new Approximation(RELU, 2, 6, new double[] {1, 2, 3}))
        .isNotEqualTo(new Approximation(RELU, 2, 7, new double[] {1, 2, 3}));
  }

  @Test
  void improperOnesAreRefused() {
    assertThatThrownBy(() -> new Approximation(RELU, 2, 2, new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("interval [2.0, 2.0]");
    assertThatThrownBy(() -> new Approximation(RELU, 0, 1, new double[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("length 1");
  }
}
