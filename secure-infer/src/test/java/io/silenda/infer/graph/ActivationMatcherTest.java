package io.silenda.infer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ActivationMatcherTest {
  private static final List<ActivationKind> KINDS =
      List.of(
          ActivationKind.SILU,
          ActivationKind.GELU,
          ActivationKind.GELU_TANH,
          ActivationKind.QUICK_GELU,
          ActivationKind.MISH,
          ActivationKind.HARD_SWISH);

  @Test
  void tellsSimilarFunctionsApart() {
    for (ActivationKind kind : KINDS) {
      Operator.Activation activation = new Operator.Activation(kind);
      assertThat(ActivationMatcher.match(new Expression.Apply(activation, Expression.x())))
          .contains(activation);
    }
  }

  @Test
  void matchesNothingElse() {
    Operator.Activation sigmoid = new Operator.Activation(ActivationKind.SIGMOID);
    Expression nearlySilu =
        new Expression.Product(
            Expression.x(), new Expression.Apply(sigmoid, Expression.x().affine(1.001, 0)));
    assertThat(ActivationMatcher.match(nearlySilu)).isEmpty();
    assertThat(ActivationMatcher.match(Expression.x())).isEmpty();
    Expression undefined = Expression.x().affine(Double.NaN, 0);
    assertThat(ActivationMatcher.match(undefined)).isEmpty();
  }

  @Test
  void findsScaledForms() {
    Operator.Activation erf = new Operator.Activation(ActivationKind.ERF);
    Expression x = Expression.x().affine(20, 0);
    Expression gate = new Expression.Apply(erf, x.affine(1 / Math.sqrt(2), 0)).affine(1, 1);
    Expression gelu = new Expression.Product(x, gate).affine(0.5 / 20, 0);
    ActivationMatcher.Scaled scaled = ActivationMatcher.matchScaled(gelu).orElseThrow();
    assertThat(scaled.function().kind()).isEqualTo(ActivationKind.GELU);
    assertThat(scaled.scale()).isCloseTo(20, within(1e-9));
    assertThat(scaled.factor()).isCloseTo(0.05, within(1e-9));
    assertThat(ActivationMatcher.matchScaled(new Expression.Product(gate, gate))).isEmpty();
    assertThat(ActivationMatcher.matchScaled(Expression.x())).isEmpty();
  }
}
