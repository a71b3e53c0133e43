package io.silenda.infer.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpressionTest {
  private static final Expression X = Expression.x();
  private static final Expression TANH =
      new Expression.Apply(new Operator.Activation(ActivationKind.TANH), X);

  @Test
  void expandsPolynomials() {
    // (2x + 1)² - x² = 3x² + 4x + 1
    Expression square = X.affine(2, 1).power(2);
    Expression difference = new Expression.Sum(square, X.power(2).affine(-1, 0));
    assertThat(difference.polynomial().orElseThrow()).containsExactly(1, 4, 3);
    Expression nothing = new Expression.Sum(X, X.affine(-1, 0));
    assertThat(nothing.polynomial().orElseThrow()).containsExactly(0);
    assertThat(TANH.polynomial()).isEmpty();
    assertThat(X.power(64).polynomial()).isEmpty();
  }

  @Test
  void evaluates() {
    assertThat(TANH.affine(2, 1).at(0.3)).isEqualTo(2 * Math.tanh(0.3) + 1);
    assertThat(X.power(3).at(2)).isEqualTo(8);
  }

  @Test
  void findsTheOnlyFunction() {
    assertThat(TANH.power(2).affine(3, 1).onlyAtom()).contains(TANH);
    assertThat(new Expression.Sum(TANH, X).onlyAtom()).isEmpty();
  }

  @Test
  void findsTheOnlyAffinePart() {
    Expression part = X.affine(2, 1);
    Expression function = new Expression.Product(part, TANH.replace(X, part));
    assertThat(function.onlyAffinePart()).contains(part);
    assertThat(function.replace(part, X)).isEqualTo(new Expression.Product(X, TANH));
    assertThat(new Expression.Product(X, TANH.replace(X, part)).onlyAffinePart()).isEmpty();
  }
}
