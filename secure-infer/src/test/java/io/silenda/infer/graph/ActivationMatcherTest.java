package io.silenda.infer.graph;

import static org.assertj.core.api.Assertions.assertThat;

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
}
